package io.fluss.source.reader;

import io.fluss.read.LogPosition;
import io.fluss.read.RowPlaces;
import io.fluss.source.split.LogSplit;

/** How far a split of the log has been emitted. */
final class LogSplitState implements SplitState {

  private final LogSplit split;
  private LogPosition position;
  private long safeTimeMillis;

  LogSplitState(LogSplit split) {
    this.split = split;
    this.position = split.position();
    this.safeTimeMillis = split.safeTimeMillis();
  }

  @Override
  public void advancePast(SplitRows rows) {
    if (!(rows instanceof RowSlice slice)) {
      throw new IllegalStateException("Rows of a lake came behind rows of the log.");
    }
    RowPlaces places = slice.batch().places();
    position = places.behind(slice.to());
    safeTimeMillis = Math.max(safeTimeMillis, places.appendedSinceMillis(slice.to()));
  }

  @Override
  public LogSplit toSplit() {
    return split.at(position, safeTimeMillis);
  }
}
