package io.fluss.source.reader;

import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;

/** How far a split has been emitted. Belongs to the task thread. */
final class LogSplitState {

  private final LogSplit split;
  private long offset;
  private int rowsRead;

  LogSplitState(LogSplit split) {
    this.split = split;
    this.offset = split.position().offset();
    this.rowsRead = split.position().rowsRead();
  }

  /** Notes that all rows up to the end of {@code slice} have been emitted. */
  void advancePast(RowSlice slice) {
    if (slice.endsBatch()) {
      offset = slice.batch().offset() + 1;
      rowsRead = 0;
    } else {
      offset = slice.batch().offset();
      rowsRead = slice.to();
    }
  }

  /** The split that reads what has not been emitted. */
  LogSplit toSplit() {
    return split.at(new LogPosition(offset, rowsRead));
  }
}
