package io.fluss.lake.iceberg.parquet;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.parquet.column.ColumnReadStore;

/** A column of rows, arrays or maps. */
final class NestedColumn extends Column {

  private final NestedValues reader;
  private Object[] values = new Object[0];

  NestedColumn(NestedValues reader) {
    this.reader = reader;
  }

  @Override
  void bind(ColumnReadStore stores) {
    reader.bind(stores);
  }

  @Override
  void load(int rows) {
    values = new Object[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = reader.next();
    }
  }

  @Override
  boolean isNull(int row) {
    return values[row] == null;
  }

  @Override
  ArrayData getArray(int row) {
    return (ArrayData) values[row];
  }

  @Override
  MapData getMap(int row) {
    return (MapData) values[row];
  }

  @Override
  RowData getRow(int row) {
    return (RowData) values[row];
  }
}
