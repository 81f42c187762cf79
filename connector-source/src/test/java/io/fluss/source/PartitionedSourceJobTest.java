package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
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
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Endless reads while partitions come, go and are created again. */
class PartitionedSourceJobTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration OFTEN = Duration.ofMillis(200);

  /** What jobs hand back; they run in this JVM. */
  private static final Queue<Long> SEEN = new ConcurrentLinkedQueue<>();

  @TempDir Path directory;
  private PartitionedTableFixture table;

  @BeforeEach
  void start() {
    SEEN.clear();
    table =
        PartitionedTableFixture.create(
            SharedKafka.kafka(),
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
                .partitionKeys(List.of("dt"))
                .buckets(2)
                .build());
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aReadFromTheLatestLosesNothingOfPartitionsThatCome() throws Exception {
    // Given
    write("a", 0, 10);
    StreamExecutionEnvironment environment = environment(new Configuration());
    read(environment, StartingOffsets.latest(), Map.of());
    JobClient job = environment.executeAsync();
    long last = seeTheJobRead("a", 10);
    int before = SEEN.size();

    // When
    for (int p = 0; p < 5; p++) {
      write("new" + p, 1000 + 100 * p, 1000 + 100 * (p + 1));
    }

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> SEEN.stream().filter(id -> id >= 1000).count() >= 500);
    assertThat(SEEN.stream().filter(id -> id >= 1000).sorted().toList())
        .isEqualTo(LongStream.range(1000, 1500).boxed().toList());
    assertThat(SEEN.stream().filter(id -> id < 10)).isEmpty();
    assertThat(last).isGreaterThanOrEqualTo(10);
    assertThat(before).isPositive();
    job.cancel().get();
  }

  /** Writes one row after another until the job, which began at some time, has seen one. */
  private long seeTheJobRead(String dt, long first) {
    long[] next = {first};
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              write(dt, next[0], next[0] + 1);
              next[0]++;
              return !SEEN.isEmpty();
            });
    return next[0];
  }

  @Test
  void aDroppedPartitionIsLetGoAndTheJobGoesOn() throws Exception {
    // Given
    write("a", 0, 10);
    write("b", 10, 20);
    Configuration noRestart = new Configuration();
    noRestart.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment = environment(noRestart);
    environment.enableCheckpointing(100);
    read(environment, StartingOffsets.earliest(), Map.of());
    JobClient job = environment.executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 20);

    // When
    table.drop("a");
    write("b", 20, 30);
    write("c", 30, 40);

    // Then
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 40);
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    write("c", 40, 50);
    JobClient restored = restore(savepoint);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 50);
    assertThat(SEEN.stream().sorted().toList()).isEqualTo(LongStream.range(0, 50).boxed().toList());
    assertThat(restored.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    restored.cancel().get();
  }

  @Test
  void aJobRestoredAmongNewGoneAndRecreatedPartitionsReadsEachRowOnce() throws Exception {
    // Given
    write("gone", 0, 10);
    write("again", 10, 20);
    write("stays", 20, 30);
    StreamExecutionEnvironment first = environment(new Configuration());
    read(first, StartingOffsets.earliest(), Map.of());
    JobClient job = first.executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 30);
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();

    // When: the new "again" has more rows than the old one had
    table.drop("gone");
    table.drop("again");
    write("again", 100, 200);
    write("stays", 200, 210);
    write("new", 210, 220);
    SEEN.clear();
    JobClient restored = restore(savepoint);

    // Then
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() >= 120);
    write("stays", 220, 230);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() >= 130);
    assertThat(SEEN.stream().sorted().toList())
        .isEqualTo(LongStream.range(100, 230).boxed().toList());
    restored.cancel().get();
  }

  @Test
  void aPartitionCreatedAgainUnderARunningJobIsReadFromItsBeginning() throws Exception {
    // Given: a job whose checkpoint has all rows
    write("a", 0, 10);
    write("b", 10, 20);
    Configuration restart = new Configuration();
    restart.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    restart.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
    restart.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment environment = environment(restart);
    environment.enableCheckpointing(100);
    String group = SharedKafka.uniqueName("group");
    read(environment, StartingOffsets.earliest(), Map.of("group.id", group));
    JobClient job = environment.executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 20);
    awaitCommitted(group, "a", 5);
    awaitCommitted(group, "b", 5);

    // When
    table.drop("a");
    write("a", 100, 103);

    // Then
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> SEEN.size() >= 23);
    write("a", 103, 110);
    write("b", 110, 120);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> SEEN.size() >= 40);
    assertThat(SEEN.stream().sorted().toList())
        .isEqualTo(
            LongStream.concat(LongStream.range(0, 20), LongStream.range(100, 120))
                .boxed()
                .toList());
    job.cancel().get();
  }

  /** Rows go round the two buckets. */
  private void awaitCommitted(String group, String dt, long offset) {
    try (Admin admin = Admin.create(SharedKafka.kafka().adminProperties())) {
      Awaitility.await()
          .untilAsserted(
              () -> {
                var offsets =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
                for (int bucket = 0; bucket < 2; bucket++) {
                  assertThat(offsets)
                      .containsEntry(
                          new TopicPartition(table.table().topic() + "." + dt, bucket),
                          new OffsetAndMetadata(offset));
                }
              });
    }
  }

  private void write(String dt, long from, long to) {
    for (int bucket = 0; bucket < 2; bucket++) {
      int b = bucket;
      GenericRowData[] rows =
          LongStream.range(from, to)
              .filter(i -> i % 2 == b)
              .mapToObj(i -> GenericRowData.of(i, StringData.fromString(dt)))
              .toArray(GenericRowData[]::new);
      table.append(bucket, rows);
    }
  }

  private JobClient restore(String savepoint) throws Exception {
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment environment = environment(restore);
    read(environment, StartingOffsets.earliest(), Map.of());
    return environment.executeAsync();
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(2);
    return environment;
  }

  private void read(
      StreamExecutionEnvironment environment,
      StartingOffsets start,
      Map<String, String> properties) {
    LogScan scan =
        new LogScan(
            table.table(),
            new ClientConfig(table.bootstrapServers(), properties),
            Selection.all(table.table().rowType()),
            start,
            StoppingOffsets.never(),
            null);
    environment
        .fromSource(
            new LogSource(scan, MetadataColumns.NONE, OFTEN),
            WatermarkStrategy.noWatermarks(),
            "log",
            InternalTypeInfo.of(table.table().rowType()))
        .uid("log")
        .map(new Collect())
        .returns(Types.LONG)
        .uid("function")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  private static final class Collect implements MapFunction<RowData, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(RowData row) {
      SEEN.add(row.getLong(0));
      return row.getLong(0);
    }
  }
}
