package io.fluss.source.reader;

import io.fluss.read.LogPosition;
import io.fluss.read.RowPlaces;
import io.fluss.source.split.LogSplit;

/** How far a split has been emitted. Belongs to the task thread. */
final class LogSplitState {

  private final LogSplit split;
  private LogPosition position;
  private long safeTimeMillis;

  LogSplitState(LogSplit split) {
    this.split = split;
    this.position = split.position();
    this.safeTimeMillis = split.safeTimeMillis();
  }

  /** Notes that all rows up to the end of {@code slice} have been emitted. */
  void advancePast(RowSlice slice) {
    RowPlaces places = slice.batch().places();
    position = places.behind(slice.to());
    safeTimeMillis = Math.max(safeTimeMillis, places.appendedSinceMillis(slice.to()));
  }

  /** The split that reads what has not been emitted. */
  LogSplit toSplit() {
    return split.at(position, safeTimeMillis);
  }
}
