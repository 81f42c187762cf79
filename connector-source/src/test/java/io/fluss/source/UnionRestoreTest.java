package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.union.LakeUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import javax.annotation.Nullable;
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
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of lake and log that stop or fail on the way, and go on with the next row. */
class UnionRestoreTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final RowType TYPE = RowType.of(new BigIntType(false));

  /** Rows of each bucket in the lake, and as many in the log behind them. */
  private static final int IN_LAKE = 10_000;

  /** What jobs hand back; they run in this JVM. */
  private static final Queue<Long> SEEN = new ConcurrentLinkedQueue<>();

  /** The number of a row at which the job fails, once. */
  private static final AtomicLong FAILS_AT = new AtomicLong();

  @TempDir Path directory;
  private LogTableFixture table;

  @BeforeEach
  void givenALakeAndALogBehindIt() {
    SEEN.clear();
    FAILS_AT.set(-1);
    table =
        LogTableFixture.create(
            SharedKafka.kafka(),
            SharedKafka.uniqueDatabase(),
            TYPE,
            2,
            Map.of("table.datalake.enabled", "true", "table.datalake.format", "memory"));
    try (LakeContent lake = new LakeContent(table.table(), table.table().path())) {
      for (int bucket = 0; bucket < 2; bucket++) {
        long first = bucket * 2L * IN_LAKE;
        table.write(bucket, rows(-IN_LAKE, 0));
        lake.append(null, bucket, 0, rows(first, first + IN_LAKE).toArray(RowData[]::new));
        for (int part = 0; part < 5; part++) {
          long from = first + IN_LAKE + part * (IN_LAKE / 5L);
          table.write(bucket, rows(from, from + IN_LAKE / 5L));
        }
      }
      lake.commit(1L, 1L);
    }
  }

  @AfterEach
  void close() {
    table.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_500, 17_500})
  void aJobStoppedInTheLakeOrInTheLogGoesOnWithTheNextRow(int stopAfter) throws Exception {
    // Given
    StreamExecutionEnvironment first = environment(new Configuration(), 1);
    read(first, StoppingOffsets.latest(), new Slowly());
    JobClient job = first.executeAsync();

    // When: it goes on with more readers, in another snapshot's presence
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() > stopAfter);
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    int seenBefore = SEEN.size();
    try (LakeContent lake = new LakeContent(table.table(), table.table().path())) {
      lake.append(null, 0, 1, rows(-IN_LAKE, 0).toArray(RowData[]::new)).commit(2L, 1L);
    }
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment second = environment(restore, 2);
    read(second, StoppingOffsets.latest(), new Collect());
    second.execute();

    // Then
    assertThat(seenBefore).isLessThan(4 * IN_LAKE);
    assertAllOnceInOrder();
  }

  @Test
  void aJobStoppedInTheLakeDoesNotGoOnWithAnotherCondition() throws Exception {
    // Given
    StreamExecutionEnvironment first = environment(new Configuration(), 1);
    read(first, StoppingOffsets.latest(), new Slowly());
    JobClient job = first.executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() > 2_500);
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();

    // When
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment second = environment(restore, 1);
    Predicate other = Predicate.compare(ColumnRef.of(TYPE, 0), Operator.GREATER, 1_000L);
    read(second, StoppingOffsets.latest(), other, new Collect());

    // Then
    assertThatThrownBy(second::execute)
        .hasStackTraceContaining("its state is of a query with another condition");
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 15_000})
  void aJobThatFailsInTheLakeOrInTheLogIsExact(long failsAt) throws Exception {
    // Given
    Configuration restart = new Configuration();
    restart.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    restart.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    restart.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    FAILS_AT.set(failsAt);
    StreamExecutionEnvironment environment = environment(restart, 2);
    environment.enableCheckpointing(20);

    // When
    read(environment, StoppingOffsets.latest(), new FailsOnce());
    environment.execute();

    // Then: rows behind the last checkpoint come once more
    assertThat(FAILS_AT.get()).isNegative();
    assertThat(SEEN.stream().distinct().sorted().toList())
        .isEqualTo(LongStream.range(0, 4 * IN_LAKE).boxed().toList());
  }

  @Test
  void anEndlessReadGoesOnBehindTheLake() throws Exception {
    // Given
    StreamExecutionEnvironment environment = environment(new Configuration(), 2);
    read(environment, StoppingOffsets.never(), new Collect());
    JobClient job = environment.executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 4 * IN_LAKE);

    // When
    table.write(0, rows(4 * IN_LAKE, 4 * IN_LAKE + 10));

    // Then
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> SEEN.size() == 4 * IN_LAKE + 10);
    job.cancel().get();
    assertThat(SEEN.stream().sorted().toList())
        .isEqualTo(LongStream.range(0, 4 * IN_LAKE + 10).boxed().toList());
  }

  private static void assertAllOnceInOrder() {
    List<Long> seen = List.copyOf(SEEN);
    assertThat(seen.stream().filter(id -> id < 2 * IN_LAKE).toList())
        .isEqualTo(LongStream.range(0, 2 * IN_LAKE).boxed().toList());
    assertThat(seen.stream().filter(id -> id >= 2 * IN_LAKE).toList())
        .isEqualTo(LongStream.range(2 * IN_LAKE, 4 * IN_LAKE).boxed().toList());
  }

  private static StreamExecutionEnvironment environment(
      Configuration configuration, int parallelism) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(parallelism);
    return environment;
  }

  private void read(
      StreamExecutionEnvironment environment,
      StoppingOffsets stop,
      MapFunction<RowData, Long> function) {
    read(environment, stop, null, function);
  }

  private void read(
      StreamExecutionEnvironment environment,
      StoppingOffsets stop,
      @Nullable Predicate condition,
      MapFunction<RowData, Long> function) {
    LogScan scan =
        new LogScan(
                table.table(),
                new ClientConfig(table.bootstrapServers(), Map.of()),
                Selection.all(TYPE),
                StartingOffsets.full(),
                stop,
                null)
            .withFilter(condition);
    LakeSettings lakes =
        new LakeSettings(null, Map.of("memory", Map.of("name", table.table().path().toString())));
    environment
        .fromSource(
            new LogSource(
                scan,
                MetadataColumns.NONE,
                LogSource.DISCOVERY_INTERVAL,
                LakeUse.beforeLog(lakes, true, scan)),
            WatermarkStrategy.noWatermarks(),
            "table",
            InternalTypeInfo.of(TYPE))
        .uid("table")
        .map(function)
        .returns(Types.LONG)
        .uid("function")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  private static List<RowData> rows(long from, long to) {
    return LongStream.range(from, to).<RowData>mapToObj(GenericRowData::of).toList();
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

  private static final class FailsOnce extends Collect {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(RowData row) {
      LockSupport.parkNanos(5_000);
      if (row.getLong(0) == FAILS_AT.get()) {
        FAILS_AT.set(-1);
        throw new IllegalStateException("fails once");
      }
      return super.map(row);
    }
  }
}
