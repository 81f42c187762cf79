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
 */
@PublicEvolving
public record TopicOffsets(
    @Nullable PartitionName partition, String topicId, List<Long> next, long maxTimestampMillis)
    implements Serializable {

  public TopicOffsets {
    next = List.copyOf(next);
    if (next.isEmpty() || next.stream().anyMatch(o -> o < 0)) {
      throw new IllegalArgumentException(
          "A topic has at least one bucket and no negative offset, got " + next + ".");
    }
  }
}
