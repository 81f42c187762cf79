package io.fluss.write;

import io.fluss.table.TableInfo;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows with equal bucket keys go to the same bucket, in every writer and for good, by the function
 * that is recorded with the table. See {@code docs/format/bucketing.md}.
 */
public final class KeyedBucketRouter implements BucketRouter {

  private final BucketKey key;
  private final int buckets;

  private KeyedBucketRouter(BucketKey key, int buckets) {
    this.key = key;
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
    for (String column : table.bucketKey()) {
      if (rowType.getFieldIndex(column) < 0) {
        throw new IllegalArgumentException(
            "Bucket key column '" + column + "' is not a column of table '" + table.path() + "'.");
      }
    }
    BucketKey key =
        switch (table.bucketFunction()) {
          case MURMUR3 -> new Murmur3BucketKey(table.bucketKey(), rowType);
          case PAIMON -> new PaimonBucketKey(table.bucketKey(), rowType);
        };
    return new KeyedBucketRouter(key, table.buckets());
  }

  @Override
  public int bucket(RowData row) {
    return key.bucket(row, buckets);
  }

  /** Does nothing: the key alone decides. */
  @Override
  public void batchSealed(int bucket) {}

  /** The bytes that are hashed for {@code row}. */
  byte[] keyBytes(RowData row) {
    return key.bytes(row);
  }
}
