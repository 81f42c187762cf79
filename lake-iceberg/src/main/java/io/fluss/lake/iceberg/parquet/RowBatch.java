package io.fluss.lake.iceberg.parquet;

import io.fluss.read.BatchRows;
import org.apache.flink.table.data.RowData;

/**
 * Some rows of a file that follow one another. The reader fills it again with the next ones: it and
 * its rows are valid until then. One thread.
 */
public final class RowBatch implements BatchRows {

  private final Column[] columns;
  private long firstPosition;
  private int rowCount;

  RowBatch(Column[] columns) {
    this.columns = columns;
  }

  void load(long newFirstPosition, int rows) {
    for (Column column : columns) {
      column.load(rows);
    }
    firstPosition = newFirstPosition;
    rowCount = rows;
  }

  /** Position in the file of the first row. */
  public long firstPosition() {
    return firstPosition;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public RowData row(int index) {
    return new BatchRow(columns, index);
  }
}
