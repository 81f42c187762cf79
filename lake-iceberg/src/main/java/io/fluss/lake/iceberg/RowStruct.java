package io.fluss.lake.iceberg;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.StructLike;

/** A row as Iceberg looks at it. Reused for one row after the other; one thread. */
final class RowStruct implements StructLike {

  private final IcebergValues.Getter[] getters;
  private RowData row;

  RowStruct(RowType type) {
    this.getters =
        type.getChildren().stream().map(IcebergValues::getter).toArray(IcebergValues.Getter[]::new);
  }

  RowStruct wrap(RowData newRow) {
    row = newRow;
    return this;
  }

  @Override
  public int size() {
    return getters.length;
  }

  @Override
  public <T> T get(int position, Class<T> javaClass) {
    return javaClass.cast(getters[position].get(row, position));
  }

  @Override
  public <T> void set(int position, T value) {
    throw new UnsupportedOperationException("A row is only looked at");
  }
}
