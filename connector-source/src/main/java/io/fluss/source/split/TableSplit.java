package io.fluss.source.split;

import org.apache.flink.api.connector.source.SourceSplit;

/** A part of a table that one reader reads from its beginning to its end. */
public sealed interface TableSplit extends SourceSplit permits LogSplit {

  /** The bucket the rows belong to; all splits of a bucket go to the same reader. */
  TableBucket bucket();
}
