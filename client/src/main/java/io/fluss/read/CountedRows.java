package io.fluss.read;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** One row that tells how many rows there are, in each of its columns. */
public record CountedRows(int columns, long counted) implements BatchRows {

  @Override
  public int rowCount() {
    return 1;
  }

  @Override
  public RowData row(int index) {
    GenericRowData row = new GenericRowData(columns);
    for (int i = 0; i < columns; i++) {
      row.setField(i, counted);
    }
    return row;
  }
}
