package io.fluss.source.reader;

import org.apache.flink.table.data.RowData;

/** Rows of a split that are emitted in one go; checkpoints happen in between. */
sealed interface SplitRows permits RowSlice, LakeSlice {

  /** First row. */
  int from();

  /** Behind the last row. */
  int to();

  /** A row, to be emitted before the next one is asked for. */
  RowData row(int index);

  /** Time of the row, epoch milliseconds; Long.MIN_VALUE where it is not known. */
  long timestampMillis(int index);
}
