package io.fluss.tiering.enumerator;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The log of a table, as it was at a time.
 *
 * @param ends offset behind the last record that committed readers see, by bucket
 * @param askedAtMillis before anything was asked, epoch milliseconds
 */
record TableLog(List<TableTopic> topics, Map<TopicPartition, Long> ends, long askedAtMillis) {

  long end(TableTopic topic, int bucket) {
    return ends.get(new TopicPartition(topic.name(), bucket));
  }
}
