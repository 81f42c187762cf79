package io.fluss.read;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks where the log of each bucket begins, ends and stood at a time; of any number of buckets, of
 * whichever topics, at once. A bucket is what Kafka calls a partition. May block on the network.
 */
public interface LogOffsets {

  /** Offset of the oldest record kept, by bucket. */
  Map<TopicPartition, Long> logStart(Collection<TopicPartition> buckets);

  /** The offset behind the last record that committed readers see, by bucket. */
  Map<TopicPartition, Long> logEnd(Collection<TopicPartition> buckets);

  /** Offset of the first record at or after a time, for the buckets that have such a record. */
  Map<TopicPartition, Long> firstAtOrAfter(long epochMillis, Collection<TopicPartition> buckets);
}
