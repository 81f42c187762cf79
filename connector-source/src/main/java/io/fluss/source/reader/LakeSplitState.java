package io.fluss.source.reader;

import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.LakeThenLogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.union.LakePosition;
import io.fluss.union.LakeRest;
import javax.annotation.Nullable;

/** How far a split has been emitted that begins in a lake. */
final class LakeSplitState implements SplitState {

  private final String splitId;
  private final LakeRest lake;
  private LakePosition position;

  /** Null where nothing follows of the log. */
  @Nullable private final LogSplitState log;

  private LakeSplitState(String splitId, LakeRest lake, @Nullable LogSplitState log) {
    this.splitId = splitId;
    this.lake = lake;
    this.position = new LakePosition(0, lake.rowsRead());
    this.log = log;
  }

  static LakeSplitState of(TableSplit split) {
    if (split instanceof LakeThenLogSplit both) {
      return new LakeSplitState(both.splitId(), both.lake(), new LogSplitState(both.logSplit()));
    }
    LakeTableSplit alone = (LakeTableSplit) split;
    return new LakeSplitState(alone.splitId(), alone.lake(), null);
  }

  @Override
  public void advancePast(SplitRows rows) {
    if (rows instanceof LakeSlice slice) {
      position = slice.behind();
    } else {
      log.advancePast(rows);
    }
  }

  @Override
  public TableSplit toSplit() {
    LakeRest rest = lake.behind(position);
    if (log == null) {
      return new LakeTableSplit(splitId, rest);
    }
    return rest.splits().isEmpty() ? log.toSplit() : new LakeThenLogSplit(rest, log.toSplit());
  }
}
