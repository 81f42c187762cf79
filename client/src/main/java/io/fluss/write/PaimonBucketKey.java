package io.fluss.write;

import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Murmur3 of the key as Paimon's binary row, modulo the number of buckets, without its sign. */
final class PaimonBucketKey implements BucketKey {

  private final PaimonKeyField[] fields;
  private final PaimonKeyBytes bytes;

  /**
   * @param columns in the order of the key; the rows have them all
   * @throws IllegalArgumentException where one is of a type that is not scalar
   */
  PaimonBucketKey(List<String> columns, RowType rows) {
    this.fields = new PaimonKeyField[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      int pos = rows.getFieldIndex(columns.get(i));
      fields[i] = PaimonKeyField.of(columns.get(i), rows.getTypeAt(pos), pos, i);
    }
    this.bytes = new PaimonKeyBytes(fields.length);
  }

  @Override
  public int bucket(RowData row, int buckets) {
    return Math.abs(of(row).hash() % buckets);
  }

  @Override
  public byte[] bytes(RowData row) {
    return of(row).toArray();
  }

  private PaimonKeyBytes of(RowData row) {
    bytes.clear();
    for (PaimonKeyField field : fields) {
      field.put(row, bytes);
    }
    return bytes;
  }
}
