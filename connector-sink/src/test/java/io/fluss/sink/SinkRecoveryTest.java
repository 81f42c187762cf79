package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is in the log after tasks, commits, task managers and brokers have failed. */
class SinkRecoveryTest {

  private static final long ROWS = 60_000;
  private static final double ROWS_PER_SECOND = 12_000;
  private static final int MOST_ROWS_BETWEEN_FAILURES = 3_000;
  private static final long SEED = 20250617;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(quickToNoticeLostTaskManagers())
              .build());

  @Test
  void exactlyOnceLeavesEachRowOnceAfterFailuresOfTasksAndCommits() throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of("id"));
    Failures.plan(SEED, 20, 8, MOST_ROWS_BETWEEN_FAILURES);

    // When
    run(
        new CommitFailingSink(
            new ExactlyOnceTableSink(table.config("sink.delivery-guarantee", "exactly-once"))));

    // Then
    assertThat(Failures.happened()).isEqualTo(28);
    assertThat(table.idsOfEndedJobs().stream().sorted().toList()).isEqualTo(allIds());
  }

  @Test
  void exactlyOnceLeavesEachRowOnceAfterFailuresInsideOfCheckpoints() throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of("id"));
    Failures.planInWriters(SEED, 3);

    // When
    run(
        new CommitFailingSink(
            new ExactlyOnceTableSink(table.config("sink.delivery-guarantee", "exactly-once"))));

    // Then
    assertThat(Failures.happened()).isEqualTo(3 * Failures.WriterPoint.values().length);
    assertThat(table.idsOfEndedJobs().stream().sorted().toList()).isEqualTo(allIds());
  }

  @Test
  void exactlyOnceLeavesEachRowOnceAfterTheLossOfTaskManagers(@InjectMiniCluster MiniCluster flink)
      throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of());
    Failures.plan(SEED, 0, 0, 1);
    // as many tasks as there are slots, so each task manager runs some
    JobClient job =
        Jobs.write(
                Jobs.restarting(),
                4,
                ROWS,
                ROWS_PER_SECOND,
                Failures::atRow,
                new ExactlyOnceTableSink(table.config("sink.delivery-guarantee", "exactly-once")))
            .executeAsync();

    // When
    loseTaskManagers(flink, table);

    // Then
    assertThat(finish(job)).isEqualTo(JobStatus.FINISHED);
    assertThat(restartedTasks(flink, job)).isGreaterThanOrEqualTo(3);
    assertThat(table.idsOfEndedJobs().stream().sorted().toList()).isEqualTo(allIds());
  }

  @Test
  void atLeastOnceLosesNoRowAfterFailuresOfTasks() throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of("id"));
    Failures.plan(SEED, 20, 0, MOST_ROWS_BETWEEN_FAILURES);

    // When
    run(new LogTableSink(table.config()));

    // Then
    assertThat(Failures.happened()).isEqualTo(20);
    assertThat(List.copyOf(new TreeSet<>(table.idsOfEndedJobs()))).isEqualTo(allIds());
  }

  @Test
  void exactlyOnceLeavesEachRowOnceAfterRescalingUpAndDown(@TempDir Path savepoints)
      throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of());
    Failures.plan(SEED, 0, 0, 1);
    JobClient atTwo = startExactlyOnce(table, 2, Jobs.failing());
    awaitRows(table, ROWS / 6);

    // When
    String atTwoStopped = stop(atTwo, savepoints);
    JobClient atThree = startExactlyOnce(table, 3, from(atTwoStopped));
    awaitRows(table, ROWS / 2);
    String atThreeStopped = stop(atThree, savepoints);
    JobClient atOne = startExactlyOnce(table, 1, from(atThreeStopped));

    // Then
    assertThat(finish(atOne)).isEqualTo(JobStatus.FINISHED);
    assertThat(table.idsOfEndedJobs().stream().sorted().toList()).isEqualTo(allIds());
  }

  @Test
  void aBrokerRestartCostsNoRowAndNoJob() throws Exception {
    // Given
    Failures.plan(SEED, 0, 0, 1);
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TestTable atLeastOnce = TestTable.create(kafka, 3, List.of());
      TestTable exactlyOnce = TestTable.create(kafka, 3, List.of());
      JobClient first = startWithoutRestart(new LogTableSink(atLeastOnce.config()));
      JobClient second =
          startWithoutRestart(
              new ExactlyOnceTableSink(
                  exactlyOnce.config("sink.delivery-guarantee", "exactly-once")));
      awaitRows(atLeastOnce, ROWS / 6);
      awaitRows(exactlyOnce, ROWS / 6);

      // When
      kafka.restartBroker(0);

      // Then
      assertThat(finish(first)).isEqualTo(JobStatus.FINISHED);
      assertThat(finish(second)).isEqualTo(JobStatus.FINISHED);
      assertThat(atLeastOnce.idsOfEndedJobs().stream().sorted().toList()).isEqualTo(allIds());
      assertThat(exactlyOnce.idsOfEndedJobs().stream().sorted().toList()).isEqualTo(allIds());
    }
  }

  private static void loseTaskManagers(MiniCluster flink, TestTable table) throws Exception {
    for (int part = 1; part <= 3; part++) {
      awaitRows(table, ROWS * part / 5);
      flink.startTaskManager();
      flink.terminateTaskManager(part - 1).get(); // the oldest alive; indexes do not move up
    }
  }

  private static int restartedTasks(MiniCluster flink, JobClient job) throws Exception {
    int restarts = 0;
    for (AccessExecutionVertex task :
        flink.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
      restarts += task.getCurrentExecutionAttempt().getAttemptNumber();
    }
    return restarts;
  }

  private static void run(Sink<RowData> sink) throws Exception {
    assertThat(finish(start(sink))).isEqualTo(JobStatus.FINISHED);
  }

  private static JobClient start(Sink<RowData> sink) throws Exception {
    return Jobs.write(Jobs.restarting(), 2, ROWS, ROWS_PER_SECOND, Failures::atRow, sink)
        .executeAsync();
  }

  private static JobClient startWithoutRestart(Sink<RowData> sink) throws Exception {
    return Jobs.write(Jobs.failing(), 2, ROWS, ROWS_PER_SECOND, Failures::atRow, sink)
        .executeAsync();
  }

  private static JobClient startExactlyOnce(TestTable table, int parallelism, Configuration config)
      throws Exception {
    return Jobs.write(
            config,
            parallelism,
            ROWS,
            ROWS_PER_SECOND,
            Failures::atRow,
            new ExactlyOnceTableSink(table.config("sink.delivery-guarantee", "exactly-once")))
        .executeAsync();
  }

  private static String stop(JobClient job, Path savepoints) throws Exception {
    return job.stopWithSavepoint(
            false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  private static Configuration from(String savepoint) {
    Configuration config = Jobs.failing();
    config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    return config;
  }

  private static JobStatus finish(JobClient job) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> job.getJobStatus().get(), JobStatus::isGloballyTerminalState);
  }

  private static void awaitRows(TestTable table, long rows) {
    Awaitility.await().atMost(PATIENCE).until(() -> table.committedIds().size() >= rows);
  }

  private static List<Long> allIds() {
    return LongStream.range(0, ROWS).boxed().toList();
  }

  private static Configuration quickToNoticeLostTaskManagers() {
    Configuration config = new Configuration();
    config.setString("heartbeat.interval", "500 ms");
    config.setString("heartbeat.timeout", "5 s");
    return config;
  }
}
