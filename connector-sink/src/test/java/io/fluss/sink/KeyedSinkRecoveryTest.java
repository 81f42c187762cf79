package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in a primary-key table after tasks and commits have failed. */
class KeyedSinkRecoveryTest {

  private static final int ROWS = 40_000;
  private static final double ROWS_PER_SECOND = 12_000;
  private static final int MOST_ROWS_BETWEEN_FAILURES = 3_000;
  private static final long SEED = 20250617;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void exactlyOnceLeavesOneRecordOfEachRowAfterFailuresOfTasksAndCommits() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    Failures.plan(SEED, 10, 5, MOST_ROWS_BETWEEN_FAILURES);

    // When
    run(
        new CommitFailingSink(
            new ExactlyOnceTableSink(table.config("sink.delivery-guarantee", "exactly-once"))));

    // Then
    assertThat(Failures.happened()).isEqualTo(15);
    assertThat(table.records()).hasSize(ROWS);
    assertThat(table.rows()).isEqualTo(KeyedTestTable.rowsUpTo(ROWS));
  }

  @Test
  void atLeastOnceLosesNoRowAfterFailuresOfTasks() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    Failures.plan(SEED, 10, 0, MOST_ROWS_BETWEEN_FAILURES);

    // When
    run(new KeyedTableSink(table.config()));

    // Then
    assertThat(Failures.happened()).isEqualTo(10);
    assertThat(table.rows()).isEqualTo(KeyedTestTable.rowsUpTo(ROWS));
  }

  private static void run(Sink<RowData> sink) throws Exception {
    JobClient job =
        Jobs.writeKeyed(Jobs.restarting(), 2, ROWS, ROWS_PER_SECOND, Failures::atRow, sink)
            .executeAsync();
    JobStatus end =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> job.getJobStatus().get(), JobStatus::isGloballyTerminalState);
    assertThat(end).isEqualTo(JobStatus.FINISHED);
  }
}
