package io.fluss.read;

import org.apache.flink.table.data.RowData;

/** The rows of one batch. Immutable: safe to share between threads and to keep. */
public interface BatchRows {

  int rowCount();

  /** A fresh row, which the caller may keep; it holds on to the memory of its batch. */
  RowData row(int index);
}
