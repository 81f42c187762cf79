package io.fluss.write;

import io.fluss.table.TableInfo;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows with equal bucket keys go to the same bucket, in every writer and for good: Murmur3 of the
 * key's bytes, without its sign bit, modulo the number of buckets. See {@code
 * docs/format/bucketing.md}.
 */
public final class KeyedBucketRouter implements BucketRouter {

  private final BucketKeyField[] fields;
  private final int buckets;
  private final BucketKeyBytes bytes = new BucketKeyBytes();

  private KeyedBucketRouter(BucketKeyField[] fields, int buckets) {
    this.fields = fields;
    this.buckets = buckets;
  }

  /**
   * The router of a table with a bucket key.
   *
   * @throws IllegalArgumentException where the key is empty, or a column of it is missing or of a
   *     type that cannot be part of a bucket key
   */
  public static KeyedBucketRouter of(TableInfo table) {
    return of(table, table.rowType());
  }

  /**
   * As {@link #of(TableInfo)}, for rows of which each holds only some of the table's columns.
   *
   * @param rowType of the rows; has the columns of the bucket key
   * @throws IllegalArgumentException as above
   */
  public static KeyedBucketRouter of(TableInfo table, RowType rowType) {
    if (table.bucketKey().isEmpty()) {
      throw new IllegalArgumentException("Table '" + table.path() + "' has no bucket key.");
    }
    BucketKeyField[] fields = new BucketKeyField[table.bucketKey().size()];
    for (int i = 0; i < fields.length; i++) {
      String column = table.bucketKey().get(i);
      int pos = rowType.getFieldIndex(column);
      if (pos < 0) {
        throw new IllegalArgumentException(
            "Bucket key column '" + column + "' is not a column of table '" + table.path() + "'.");
      }
      fields[i] = BucketKeyField.of(column, rowType.getTypeAt(pos), pos);
    }
    return new KeyedBucketRouter(fields, table.buckets());
  }

  @Override
  public int bucket(RowData row) {
    bytes.clear();
    for (BucketKeyField field : fields) {
      field.append(row, bytes);
    }
    return (bytes.hash() & Integer.MAX_VALUE) % buckets;
  }

  /** Does nothing: the key alone decides. */
  @Override
  public void batchSealed(int bucket) {}

  /** The bytes that are hashed for {@code row}. */
  byte[] keyBytes(RowData row) {
    bucket(row);
    return bytes.toArray();
  }
}
