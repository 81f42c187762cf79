package io.fluss.sink;

import org.apache.flink.table.data.RowData;

/**
 * The way of a task's rows to the log, which depends on the kind of the table and not on the
 * delivery guarantee. The task's thread only.
 */
interface RowsToLog extends AutoCloseable {

  /** Takes a row; it may not be sent yet. */
  void write(RowData row) throws InterruptedException;

  /** Returns once all rows are in the log. */
  void flush() throws InterruptedException;

  /** Gives up what is still on its way. */
  @Override
  void close();
}
