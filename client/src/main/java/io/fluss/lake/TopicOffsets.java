package io.fluss.lake;

import io.fluss.partition.PartitionName;
import java.io.Serializable;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What a lake has of one topic.
 *
 * @param partition the partition that the topic is, null where the table is not partitioned
 * @param topicId Kafka's id of the topic
 * @param next for each bucket the offset of the first record that the lake does not have, 0 where
 *     it has none
 * @param maxTimestampMillis the greatest Kafka timestamp of the records that the lake has, epoch
 *     milliseconds; -1 where it has none
 * @param hasFormerRows whether the lake had rows of the partition when it got the first ones of
 *     this topic: those of an earlier topic, of a partition that was dropped and created again.
 *     Some of them may be there still
 */
@PublicEvolving
public record TopicOffsets(
    @Nullable PartitionName partition,
    String topicId,
    List<Long> next,
    long maxTimestampMillis,
    boolean hasFormerRows)
    implements Serializable {

  /** Of a topic whose partition, if any, was not in the lake before. */
  public TopicOffsets(
      @Nullable PartitionName partition, String topicId, List<Long> next, long maxTimestampMillis) {
    this(partition, topicId, next, maxTimestampMillis, false);
  }

  public TopicOffsets {
    next = List.copyOf(next);
    if (next.isEmpty() || next.stream().anyMatch(o -> o < 0)) {
      throw new IllegalArgumentException(
          "A topic has at least one bucket and no negative offset, got " + next + ".");
    }
  }
}
