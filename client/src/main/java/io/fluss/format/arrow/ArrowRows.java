package io.fluss.format.arrow;

import java.util.Objects;
import org.apache.flink.table.data.RowData;

/** The rows of a decoded batch, in the order they were written. Immutable. */
public final class ArrowRows {
  private final ColumnView[] columns;
  private final int rowCount;

  ArrowRows(ColumnView[] columns, int rowCount) {
    this.columns = columns;
    this.rowCount = rowCount;
  }

  public int rowCount() {
    return rowCount;
  }

  /**
   * A new view of a row, with row kind INSERT. It stays valid for good, and keeps the batch's
   * projected buffers alive as long.
   */
  public RowData row(int index) {
    return new ColumnarRow(columns, Objects.checkIndex(index, rowCount));
  }
}
