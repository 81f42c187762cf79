package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.key.ColumnSets;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.RowKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is in a primary-key table after two jobs at a time have filled it, each its own columns of
 * all rows, and each has failed and come back several times.
 */
class KeyedColumnsRecoveryTest {

  private static final int ROWS = 100_000;
  private static final int NAME_DELETED_EVERY = 10;
  private static final int REST_DELETED_EVERY = 16;
  private static final double ROWS_PER_SECOND = 15_000;
  private static final int FAILURES = 4;

  /** Longer than between checkpoints, so that a failure finds rows that are not in the log yet. */
  private static final String BATCH_TIMEOUT = "1 s";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final LeaseTimes QUICK =
      new LeaseTimes(OFTEN, Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Static, so that the copies of tasks in this JVM share them. */
  private static final Map<Job, JobFailures> FAILURES_OF =
      Map.of(Job.NAME, new JobFailures(20250618), Job.REST, new JobFailures(20250619));

  private enum Job {
    NAME,
    REST
  }

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void twoJobsThatFillDifferentColumnsEndInTheRowsOfTheModelAfterFailuresOfBoth(
      @InjectMiniCluster MiniCluster flink) throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(4);

    // When
    JobClient name =
        start(
            table,
            RowScope.columns(List.of(1)),
            KeyedColumnsRecoveryTest::changeOfName,
            ROWS + ROWS / NAME_DELETED_EVERY,
            Job.NAME);
    JobClient rest =
        start(
            table,
            RowScope.columns(List.of(2, 3)),
            KeyedColumnsRecoveryTest::changeOfRest,
            ROWS + ROWS / REST_DELETED_EVERY,
            Job.REST);
    finish(name);
    finish(rest);

    // Then
    assertThat(FAILURES_OF.get(Job.NAME).happened()).isEqualTo(FAILURES);
    assertThat(FAILURES_OF.get(Job.REST).happened()).isEqualTo(FAILURES);
    assertThat(restores(flink, name.getJobID())).isGreaterThanOrEqualTo(3);
    assertThat(restores(flink, rest.getJobID())).isGreaterThanOrEqualTo(3);
    assertThat(table.rows()).isEqualTo(model());
    assertThat(turnsOfColumnSets(table)).isGreaterThan(2);
  }

  /** By rising id, then the deletes. Other columns hold what must not get into the table. */
  private static RowData changeOfName(long n) {
    RowKind kind = n < ROWS ? RowKind.INSERT : RowKind.DELETE;
    long id = n < ROWS ? n : (n - ROWS) * NAME_DELETED_EVERY;
    return GenericRowData.ofKind(
        kind, id, StringData.fromString("name " + id), -1, StringData.fromString("foreign"));
  }

  /** By falling id, then the deletes. Other columns hold what must not get into the table. */
  private static RowData changeOfRest(long n) {
    RowKind kind = n < ROWS ? RowKind.INSERT : RowKind.DELETE;
    long id = n < ROWS ? ROWS - 1 - n : (n - ROWS) * REST_DELETED_EVERY;
    return GenericRowData.ofKind(
        kind,
        id,
        StringData.fromString("foreign"),
        (int) id * 3,
        StringData.fromString("note " + id));
  }

  /** A row that both jobs have deleted from has no columns left, so it is not there. */
  private static List<String> model() {
    return LongStream.range(0, ROWS)
        .filter(id -> id % NAME_DELETED_EVERY != 0 || id % REST_DELETED_EVERY != 0)
        .mapToObj(
            id ->
                id
                    + (id % NAME_DELETED_EVERY == 0 ? ", null" : ", name " + id)
                    + (id % REST_DELETED_EVERY == 0
                        ? ", null, null"
                        : ", " + 3 * id + ", note " + id))
        .toList();
  }

  /** One reader, so that the delete of a row comes after its insert; two tasks that write. */
  private static JobClient start(
      KeyedTestTable table,
      RowScope scope,
      GeneratorFunction<Long, RowData> changes,
      long count,
      Job job)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Jobs.restarting());
    env.setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<>(
                changes,
                count,
                RateLimiterStrategy.perSecond(ROWS_PER_SECOND),
                KeyedTestTable.rowTypeInfo()),
            WatermarkStrategy.noWatermarks(),
            "changes")
        .setParallelism(1)
        .keyBy(row -> row.getLong(0))
        .map(new FailingStep(job))
        .returns(KeyedTestTable.rowTypeInfo())
        .sinkTo(
            new KeyedTableSink(
                table.config("client.writer.batch-timeout", BATCH_TIMEOUT).withScope(scope),
                QUICK,
                OFTEN));
    return env.executeAsync();
  }

  private static void finish(JobClient job) {
    JobStatus end =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> job.getJobStatus().get(), JobStatus::isGloballyTerminalState);
    assertThat(end).isEqualTo(JobStatus.FINISHED);
  }

  private static long restores(MiniCluster flink, JobID job) throws Exception {
    return flink
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfRestoredCheckpoints();
  }

  /** How often a record of one job follows one of the other: once, had they not run together. */
  private static int turnsOfColumnSets(KeyedTestTable table) {
    int[] sets =
        table.records().stream()
            .filter(record -> record.partition() == 0)
            .mapToInt(record -> ColumnSets.of(record.key()))
            .toArray();
    int turns = 0;
    for (int i = 1; i < sets.length; i++) {
      turns += sets[i] == sets[i - 1] ? 0 : 1;
    }
    return turns;
  }

  private record FailingStep(Job job) implements MapFunction<RowData, RowData>, CheckpointListener {

    @Override
    public RowData map(RowData row) {
      FAILURES_OF.get(job).atRow();
      return row;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      FAILURES_OF.get(job).atCheckpoint();
    }
  }

  /**
   * Fails the tasks of one job at random rows, each time after a checkpoint that completed since
   * the last failure, so that each failure leads back to a checkpoint of its own.
   */
  private static final class JobFailures {

    private static final int MOST_ROWS_AFTER_CHECKPOINT = 10_000;

    private final Random random;
    private boolean armed;
    private long rowsLeft;
    private int happened;

    JobFailures(long seed) {
      this.random = new Random(seed);
    }

    synchronized void atCheckpoint() {
      if (!armed && happened < FAILURES) {
        armed = true;
        rowsLeft = 1 + random.nextInt(MOST_ROWS_AFTER_CHECKPOINT);
      }
    }

    synchronized void atRow() {
      if (armed && --rowsLeft == 0) {
        armed = false;
        happened++;
        throw new IllegalStateException("planned failure of a task");
      }
    }

    synchronized int happened() {
      return happened;
    }
  }
}
