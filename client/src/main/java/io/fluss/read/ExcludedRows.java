package io.fluss.read;

import org.apache.flink.table.data.RowData;

/** Rows that are there and that nobody wants. */
record ExcludedRows(int rowCount) implements BatchRows {

  /**
   * @throws IllegalStateException always: whoever gets an excluded batch passes over it
   */
  @Override
  public RowData row(int index) {
    throw new IllegalStateException(
        "Row " + index + " of a batch was asked for that the filter of the read excludes.");
  }
}
