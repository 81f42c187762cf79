package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source in jobs that stop, fail, buffer and outlive their brokers. */
class LogSourceJobTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final RowType TYPE =
      RowType.of(new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH));

  /** What jobs hand back; they run in this JVM. */
  private static final Queue<Long> SEEN = new ConcurrentLinkedQueue<>();

  private static final Queue<RowData> KEPT = new ConcurrentLinkedQueue<>();

  @TempDir Path directory;
  private LogTableFixture table;

  @BeforeEach
  void start() {
    SEEN.clear();
    KEPT.clear();
    table = create(SharedKafka.kafka(), 2);
  }

  private static LogTableFixture create(EmbeddedKafka kafka, int buckets) {
    return LogTableFixture.create(kafka, SharedKafka.uniqueDatabase(), TYPE, buckets);
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aJobStoppedInsideABatchGoesOnWithTheNextRow() throws Exception {
    // Given: two batches of 40000 rows, the first of which takes a job seconds
    table.write(0, rows(0, 40_000));
    table.write(0, rows(40_000, 80_000));
    StreamExecutionEnvironment first = environment(new Configuration());
    read(first, scan(StoppingOffsets.latest(), Map.of()), new Slowly());
    JobClient job = first.executeAsync();

    // When
    Awaitility.await().until(() -> SEEN.size() > 3_000);
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    int seenBefore = SEEN.size();
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment second = environment(restore);
    read(second, scan(StoppingOffsets.latest(), Map.of()), new Collect());
    second.execute();

    // Then
    assertThat(seenBefore).isBetween(3_000, 39_999);
    assertThat(List.copyOf(SEEN)).isEqualTo(LongStream.range(0, 80_000).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsSurviveBufferingDownstream(boolean objectReuse) throws Exception {
    // Given
    for (int i = 0; i < 20; i++) {
      table.write(i % 2, rows(i * 300L, (i + 1) * 300L));
    }
    StreamExecutionEnvironment environment = environment(new Configuration());
    if (objectReuse) {
      environment.getConfig().enableObjectReuse();
    } else {
      environment.getConfig().disableObjectReuse();
    }

    // When
    read(environment, scan(StoppingOffsets.latest(), Map.of()), new Keep());
    environment.execute();

    // Then
    assertThat(KEPT.stream().map(r -> r.getLong(0) + "=" + r.getString(1)).sorted().toList())
        .isEqualTo(LongStream.range(0, 6_000).mapToObj(i -> i + "=name " + i).sorted().toList());
  }

  @Test
  void groupOffsetsFollowCheckpoints() throws Exception {
    // Given
    table.write(0, rows(0, 10));
    table.write(0, rows(10, 20));
    table.write(1, rows(20, 30));
    String group = SharedKafka.uniqueName("group");
    StreamExecutionEnvironment environment = environment(new Configuration());
    environment.enableCheckpointing(100);
    read(environment, scan(StoppingOffsets.never(), Map.of("group.id", group)), new Collect());

    // When
    JobClient job = environment.executeAsync();

    // Then
    Map<TopicPartition, OffsetAndMetadata> expected =
        Map.of(
            new TopicPartition(table.table().topic(), 0), new OffsetAndMetadata(2),
            new TopicPartition(table.table().topic(), 1), new OffsetAndMetadata(1));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        table
                            .admin()
                            .listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .isEqualTo(expected));
    job.cancel().get();
  }

  @Test
  void aRestartedBrokerCostsNothing() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        LogTableFixture own = create(kafka, 1)) {
      // Given
      table.close();
      table = own;
      table.write(0, rows(0, 100));
      StreamExecutionEnvironment environment = environment(new Configuration());
      read(environment, scan(StoppingOffsets.never(), Map.of()), new Collect());
      JobClient job = environment.executeAsync();
      Awaitility.await().until(() -> SEEN.size() == 100);

      // When
      kafka.restartBroker(0);
      table.write(0, rows(100, 200));

      // Then
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 200);
      assertThat(List.copyOf(SEEN)).isEqualTo(LongStream.range(0, 200).boxed().toList());
      job.cancel().get();
    }
  }

  @Test
  void aTopicThatIsGoneFailsTheJobWithTheReason() {
    // Given
    table.deleteTopic();
    Configuration noRestart = new Configuration();
    noRestart.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment = environment(noRestart);
    read(environment, scan(StoppingOffsets.latest(), Map.of()), new Collect());

    // Then
    assertThatThrownBy(environment::execute)
        .rootCause()
        .hasMessageContaining("The log of table '" + table.table().path() + "' is gone");
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    return environment;
  }

  private LogScan scan(StoppingOffsets stop, Map<String, String> properties) {
    return new LogScan(
        table.table(),
        new ClientConfig(table.bootstrapServers(), properties),
        Selection.all(TYPE),
        StartingOffsets.earliest(),
        stop,
        null);
  }

  private static void read(
      StreamExecutionEnvironment environment, LogScan scan, MapFunction<RowData, Long> function) {
    environment
        .fromSource(
            new LogSource(scan, MetadataColumns.NONE),
            WatermarkStrategy.noWatermarks(),
            "log",
            InternalTypeInfo.of(TYPE))
        .uid("log")
        .map(function)
        .returns(Types.LONG)
        .uid("function")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  private static List<RowData> rows(long from, long to) {
    return LongStream.range(from, to)
        .<RowData>mapToObj(i -> GenericRowData.of(i, StringData.fromString("name " + i)))
        .toList();
  }

  private static class Collect implements MapFunction<RowData, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(RowData row) {
      SEEN.add(row.getLong(0));
      return row.getLong(0);
    }
  }

  private static final class Slowly extends Collect {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(RowData row) {
      LockSupport.parkNanos(50_000);
      return super.map(row);
    }
  }

  private static final class Keep implements MapFunction<RowData, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(RowData row) {
      KEPT.add(row);
      return row.getLong(0);
    }
  }
}
