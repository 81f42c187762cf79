package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's standard sink metrics against what is in the log. */
class SinkMetricsTest {

  private static final int BUCKETS = 3;
  private static final int ROWS = 5_000;

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .build());

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void rowsAndBytesThatAreSentAreCounted(String guarantee) throws Exception {
    // Given
    TestTable table = TestTable.create(BUCKETS, List.of("id"));

    // When
    JobID job =
        Jobs.write(
                Jobs.failing(),
                2,
                ROWS,
                Jobs.UNLIMITED,
                row -> {},
                Sinks.of(table, "sink.delivery-guarantee", guarantee))
            .execute()
            .getJobID();

    // Then
    table.awaitMarkers();
    assertThat(sum(job, "numRecordsSend")).isEqualTo(ROWS);
    assertThat(sum(job, "numBytesSend")).isEqualTo(bytesInLog(table));
  }

  /** Over all tasks of the writer. */
  private static long sum(JobID job, String counter) {
    return METRICS.findOperatorMetricGroups(job, "Writer").stream()
        .map(METRICS::getMetricsByGroup)
        .map((Map<String, Metric> metrics) -> (Counter) metrics.get(counter))
        .mapToLong(Counter::getCount)
        .sum();
  }

  private static long bytesInLog(TestTable table) {
    Properties properties = table.kafka().adminProperties();
    properties.setProperty("isolation.level", "read_committed");
    List<TopicPartition> buckets =
        IntStream.range(0, BUCKETS)
            .mapToObj(bucket -> new TopicPartition(table.info().topic(), bucket))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(buckets);
      consumer.seekToBeginning(buckets);
      Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
      long bytes = 0;
      while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          bytes += record.value().length;
          for (Header header : record.headers()) {
            bytes += header.value().length;
          }
        }
      }
      return bytes;
    }
  }
}
