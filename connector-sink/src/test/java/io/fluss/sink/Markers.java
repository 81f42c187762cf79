package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/**
 * The markers that end transactions: a commit returns before they are in the log, and until then a
 * read-committed reader does not see its rows.
 */
final class Markers {

  private Markers() {}

  /** Until no transaction is open in any bucket: for tests whose writing jobs have ended. */
  static void await(Properties client, List<TopicPartition> buckets) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(ends(client, "read_committed", buckets))
                    .isEqualTo(ends(client, "read_uncommitted", buckets)));
  }

  private static Map<TopicPartition, Long> ends(
      Properties client, String isolation, List<TopicPartition> buckets) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.setProperty("isolation.level", isolation);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(buckets);
    }
  }
}
