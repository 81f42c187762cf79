package io.fluss.write;

import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Murmur3 of the key's bytes, without its sign bit, modulo the number of buckets. */
final class Murmur3BucketKey implements BucketKey {

  private final KeyColumns columns;

  Murmur3BucketKey(List<String> columns, RowType rows) {
    this.columns = new KeyColumns(columns, rows);
  }

  @Override
  public int bucket(RowData row, int buckets) {
    return (columns.of(row).hash() & Integer.MAX_VALUE) % buckets;
  }

  @Override
  public byte[] bytes(RowData row) {
    return columns.of(row).toArray();
  }
}
