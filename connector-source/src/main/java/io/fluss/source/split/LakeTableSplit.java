package io.fluss.source.split;

import io.fluss.union.LakeRest;
import java.util.Optional;

/**
 * Rows of a lake, and nothing of the log.
 *
 * @param splitId different from that of all other splits of the read
 */
public record LakeTableSplit(String splitId, LakeRest lake) implements TableSplit {

  @Override
  public Optional<LogSplit> log() {
    return Optional.empty();
  }

  @Override
  public long descriptionBytes() {
    return lake.descriptionBytes();
  }

  @Override
  public Optional<TableSplit> without(TopicsGone gone) {
    return Optional.of(this);
  }
}
