package io.fluss.source.split;

import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/**
 * A bucket: one Kafka partition of one of the table's topics.
 *
 * @param topic topic of the table, or of one partition of it
 * @param topicId Kafka's id of the topic; null where it is the one in the table's record
 * @param partition the table partition for people, null where the table has none
 * @param index number of the bucket in its topic
 */
public record TableBucket(
    String topic, @Nullable String topicId, @Nullable String partition, int index) {

  /** What Kafka calls it. */
  public TopicPartition topicPartition() {
    return new TopicPartition(topic, index);
  }

  @Override
  public String toString() {
    return topic + "-" + index + (topicId == null ? "" : "@" + topicId);
  }
}
