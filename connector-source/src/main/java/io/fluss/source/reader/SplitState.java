package io.fluss.source.reader;

import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;

/** How far a split has been emitted. Belongs to the task thread. */
sealed interface SplitState permits LogSplitState, LakeSplitState {

  /** The state of a split of which nothing has been emitted here. */
  static SplitState of(TableSplit split) {
    return split instanceof LogSplit log ? new LogSplitState(log) : LakeSplitState.of(split);
  }

  /** Notes that these rows, which follow those before, have been emitted. */
  void advancePast(SplitRows rows);

  /** The split that reads what has not been emitted. */
  TableSplit toSplit();
}
