package io.fluss.source.split;

import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceSplit;

/** A part of a table that one reader reads from its beginning to its end. */
@Internal
public sealed interface TableSplit extends SourceSplit
    permits LogSplit, LakeTableSplit, LakeThenLogSplit {

  /**
   * What of it is read from the log, which belongs to one bucket; empty where all is in a lake. All
   * that is read of the log of a bucket goes to the same reader.
   */
  Optional<LogSplit> log();

  /** Bytes of what a lake says of its parts, which may be many; 0 where nothing is in a lake. */
  long descriptionBytes();

  /** What is left where topics are gone: rows that are in a lake stay. Empty where nothing is. */
  Optional<TableSplit> without(TopicsGone gone);
}
