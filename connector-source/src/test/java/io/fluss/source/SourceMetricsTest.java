package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flink's standard source metrics of a job that is held half way through its log. */
class SourceMetricsTest {

  private static final RowType ID = RowType.of(new BigIntType(false));
  private static final int BATCHES = 40;
  private static final int ROWS_PER_BATCH = 10;

  /** The first row of batch 20; the job stays at it. */
  private static final long HELD_ROW = BATCHES / 2 * ROWS_PER_BATCH;

  /** A fetch in the task's hands, two in the queue before it, one that waits for a place there. */
  private static final int MOST_BATCHES_AHEAD = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final InMemoryReporter METRICS = InMemoryReporter.create();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .build());

  private static volatile CountDownLatch atHeldRow = new CountDownLatch(1);
  private static volatile CountDownLatch goOn = new CountDownLatch(1);

  private final LogTableFixture table =
      LogTableFixture.create(SharedKafka.kafka(), SharedKafka.uniqueDatabase(), ID, 1);

  @BeforeEach
  void reset() {
    atHeldRow = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
  }

  @AfterEach
  void close() {
    goOn.countDown();
    table.close();
  }

  @Test
  void pendingRowsAndFetchedBytesAreThoseOfTheLog() throws Exception {
    // Given
    for (long batch = 0; batch < BATCHES; batch++) {
      table.write(0, rows(batch * ROWS_PER_BATCH, (batch + 1) * ROWS_PER_BATCH));
    }
    List<Integer> batchBytes = batchBytes();

    // When: one batch comes with a fetch, and the task stops in the middle of the log
    JobClient job = read(Map.of("max.poll.records", "1"));
    assertThat(atHeldRow.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    // Then: what is pending is not fetched yet
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              long pending = pendingRecords(job);
              int fetched = (int) (BATCHES - pending / ROWS_PER_BATCH);
              assertThat(pending % ROWS_PER_BATCH).isZero();
              assertThat(fetched).isBetween(BATCHES / 2 + 1, BATCHES / 2 + MOST_BATCHES_AHEAD);
              assertThat(count(job, "numBytesIn")).isEqualTo(sum(batchBytes, fetched));
            });
    assertThat(count(job, "numRecordsIn")).isBetween(HELD_ROW, HELD_ROW + ROWS_PER_BATCH);

    // When
    goOn.countDown();

    // Then
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(count(job, "numRecordsIn")).isEqualTo(BATCHES * ROWS_PER_BATCH);
              assertThat(pendingRecords(job)).isZero();
              assertThat(count(job, "numBytesIn")).isEqualTo(sum(batchBytes, BATCHES));
            });
    job.cancel().get();
  }

  private JobClient read(Map<String, String> properties) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    environment.setParallelism(1);
    LogScan scan =
        new LogScan(
            table.table(),
            new ClientConfig(table.bootstrapServers(), properties),
            Selection.all(ID),
            StartingOffsets.earliest(),
            StoppingOffsets.never(),
            null);
    environment
        .fromSource(
            new LogSource(scan, MetadataColumns.NONE),
            WatermarkStrategy.noWatermarks(),
            "log",
            InternalTypeInfo.of(ID))
        .map(new Hold())
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
    return environment.executeAsync();
  }

  private static long count(JobClient job, String counter) {
    return ((Counter) metric(job.getJobID(), counter)).getCount();
  }

  private static long pendingRecords(JobClient job) {
    return (Long) ((Gauge<?>) metric(job.getJobID(), "pendingRecords")).getValue();
  }

  private static Metric metric(JobID job, String name) {
    return METRICS.findOperatorMetricGroups(job, "Source: log").stream()
        .map(group -> METRICS.getMetricsByGroup(group).get(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No metric " + name));
  }

  /** Bytes of each batch, asked from the brokers by a consumer that is not ours. */
  private List<Integer> batchBytes() {
    Properties properties = SharedKafka.kafka().adminProperties();
    TopicPartition bucket = new TopicPartition(table.table().topic(), 0);
    List<Integer> bytes = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(bucket));
      consumer.seekToBeginning(List.of(bucket));
      while (bytes.size() < BATCHES) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          bytes.add(record.serializedValueSize());
        }
      }
    }
    return bytes;
  }

  private static long sum(List<Integer> bytes, int first) {
    return bytes.subList(0, first).stream().mapToLong(Integer::longValue).sum();
  }

  private static List<RowData> rows(long from, long to) {
    return LongStream.range(from, to).<RowData>mapToObj(GenericRowData::of).toList();
  }

  private static final class Hold implements MapFunction<RowData, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(RowData row) throws Exception {
      if (row.getLong(0) == HELD_ROW) {
        atHeldRow.countDown();
        goOn.await();
      }
      return row.getLong(0);
    }
  }
}
