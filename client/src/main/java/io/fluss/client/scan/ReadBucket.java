package io.fluss.client.scan;

import io.fluss.partition.TableBucket;
import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/**
 * A bucket and where in Kafka it is.
 *
 * @param topicId Kafka's id of the topic, null where any topic of the name will do
 */
record ReadBucket(TableBucket bucket, TopicPartition place, @Nullable String topicId) {}
