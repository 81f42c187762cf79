package io.fluss.source.split;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells readers that partitions of the table have been dropped, so that their rows are read no
 * more.
 *
 * @param topics those of the partitions; a reader may have splits of some, or of none
 */
public record TopicsGone(Set<TopicIdentity> topics) implements SourceEvent {

  private static final long serialVersionUID = 1L;

  public TopicsGone {
    topics = Set.copyOf(topics);
  }

  /** Whether a split is of one of them. */
  public boolean isOf(LogSplit split) {
    TableBucket bucket = split.bucket();
    return bucket.topicId() != null
        && topics.contains(new TopicIdentity(bucket.topic(), bucket.topicId()));
  }
}
