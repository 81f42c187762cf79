package io.fluss.lake.iceberg.parquet;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.parquet.column.ColumnReadStore;

/**
 * The values of one column for the rows of a batch, in Flink's internal form. Filled again for each
 * batch. One thread.
 */
abstract class Column {

  /** Where values come from now on: a new row group has new stores. */
  abstract void bind(ColumnReadStore stores);

  /** Takes the values of the next rows, in place of those it has. */
  abstract void load(int rows);

  abstract boolean isNull(int row);

  boolean getBoolean(int row) {
    throw unsupported();
  }

  int getInt(int row) {
    throw unsupported();
  }

  long getLong(int row) {
    throw unsupported();
  }

  float getFloat(int row) {
    throw unsupported();
  }

  double getDouble(int row) {
    throw unsupported();
  }

  StringData getString(int row) {
    throw unsupported();
  }

  byte[] getBinary(int row) {
    throw unsupported();
  }

  DecimalData getDecimal(int row) {
    throw unsupported();
  }

  TimestampData getTimestamp(int row) {
    throw unsupported();
  }

  ArrayData getArray(int row) {
    throw unsupported();
  }

  MapData getMap(int row) {
    throw unsupported();
  }

  RowData getRow(int row) {
    throw unsupported();
  }

  private UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException(
        getClass().getSimpleName() + " does not have values of the type that was asked for");
  }
}
