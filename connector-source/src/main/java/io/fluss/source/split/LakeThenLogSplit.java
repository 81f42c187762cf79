package io.fluss.source.split;

import io.fluss.union.LakeRest;
import java.util.Optional;

/**
 * The rows of a bucket that are in a lake, then its log. One split, so that whatever becomes of a
 * job, one reader reads both in this order; when the lake's rows have been read, it is the split of
 * the log.
 */
public record LakeThenLogSplit(LakeRest lake, LogSplit logSplit) implements TableSplit {

  @Override
  public String splitId() {
    return logSplit.splitId();
  }

  @Override
  public Optional<LogSplit> log() {
    return Optional.of(logSplit);
  }

  @Override
  public long descriptionBytes() {
    return lake.descriptionBytes();
  }

  @Override
  public Optional<TableSplit> without(TopicsGone gone) {
    return Optional.of(gone.isOf(logSplit) ? new LakeTableSplit(splitId(), lake) : this);
  }
}
