package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.upsert.LeaseTimes;
import io.fluss.write.KeyedBucketRouter;
import io.fluss.write.PartitionHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs and statements that write partitioned tables. */
class PartitionedSinkTest {

  private static final long ROWS = 30_000;
  private static final double ROWS_PER_SECOND = 10_000;
  private static final long SEED = 20250617;
  private static final Duration CHECKS = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void exactlyOnceLeavesEachRowOnceInItsPartitionAfterFailures() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.log(2, "id");
    Failures.plan(SEED, 6, 4, 3_000);

    // When
    run(
        table,
        new CommitFailingSink(
            new ExactlyOnceTableSink(table.config("sink.delivery-guarantee", "exactly-once"))));

    // Then
    assertThat(Failures.happened()).isEqualTo(10);
    assertThat(table.partitions()).containsExactly("d0", "d1", "d2", "d3", "d4");
    assertThat(table.ids()).isEqualTo(allIds());
    assertThat(table.rowData())
        .allSatisfy(row -> assertThat(row.getField(1)).hasToString("d" + row.getLong(0) % 5));
  }

  @Test
  void atLeastOnceLosesNoRowAfterFailures() throws Exception {
    // Given
    PartitionedTestTable log = PartitionedTestTable.log(2);
    PartitionedTestTable keyed = PartitionedTestTable.keyed(2);

    // When
    Failures.plan(SEED, 6, 0, 3_000);
    run(log, new LogTableSink(log.config()));
    Failures.plan(SEED, 6, 0, 3_000);
    run(keyed, new KeyedTableSink(keyed.config()));

    // Then
    assertThat(List.copyOf(new TreeSet<>(log.ids()))).isEqualTo(allIds());
    assertThat(keyed.ids()).isEqualTo(allIds());
  }

  @Test
  void aPartitionDroppedUnderAJobFailsItAndTheNextGoesOn() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.log(2);
    JobClient job =
        Jobs.writePartitioned(
                Jobs.failing(),
                1,
                1_000_000,
                1_000,
                row -> {},
                table,
                new LogTableSink(table.config(), CHECKS))
            .executeAsync();
    Awaitility.await().atMost(PATIENCE).until(() -> table.ids().size() > 100);

    // When
    table.drop("d3");

    // Then
    assertThatThrownBy(() -> job.getJobExecutionResult().get(60, TimeUnit.SECONDS))
        .hasStackTraceContaining("Cannot go on writing to table '" + table.info().path())
        .hasStackTraceContaining("its partition dt=d3 was dropped while rows were written to it");

    // When
    Failures.plan(SEED, 0, 0, 1);
    run(table, new LogTableSink(table.config(), CHECKS));

    // Then
    assertThat(table.partitions()).contains("d3");
    assertThat(table.ids()).containsAll(allIds());
  }

  @Test
  void eachTaskGetsAFewOfTheBuckets() {
    // Given
    PartitionedTestTable table = PartitionedTestTable.keyed(3);
    PartitionHash hash = PartitionHash.of(table.info(), table.info().rowType());
    KeyedBucketRouter router = KeyedBucketRouter.of(table.info());
    Map<String, Set<Integer>> tasks = new HashMap<>();

    // When
    for (long id = 0; id < 5_000; id++) {
      RowData row = PartitionedTestTable.row(id);
      int bucket = router.bucket(row);
      tasks
          .computeIfAbsent(row.getString(1) + " " + bucket, b -> new HashSet<>())
          .add(BucketTask.task(hash.of(row), bucket, 8));
    }

    // Then
    assertThat(tasks).hasSize(15);
    assertThat(tasks.values()).allSatisfy(ofBucket -> assertThat(ofBucket).hasSize(1));
    assertThat(tasks.values().stream().flatMap(Set::stream).distinct()).hasSizeGreaterThan(4);
  }

  @Test
  void aPartitionClauseSaysWhereRowsGo() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.log(2);
    TableEnvironment sql = sql(table);

    // When
    sql.executeSql("INSERT INTO sales PARTITION (dt = 'a') SELECT CAST(1 AS BIGINT), 10, 'x'")
        .await();
    sql.executeSql("INSERT INTO sales VALUES (2, 'b', 20, 'y'), (3, 'a', 30, 'z')").await();

    // Then
    assertThat(table.rows()).containsExactly("a/1, 10, x", "a/3, 30, z", "b/2, 20, y");
    assertThat(sql.explainSql("INSERT INTO sales VALUES (2, 'b', 20, 'y')")).contains("sales");
    assertThatThrownBy(
            () ->
                sql.executeSql("INSERT INTO sales VALUES (4, CAST(NULL AS STRING), 1, 'x')")
                    .await())
        .hasStackTraceContaining("has null in its partition key 'dt'");
  }

  @Test
  void overwritingAndTruncatingALogTable() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.log(2);
    TableEnvironment sql = sql(table);
    sql.executeSql("INSERT INTO sales VALUES (1, 'a', 1, 'x'), (2, 'b', 2, 'y'), (3, 'c', 3, 'z')")
        .await();

    // When
    sql.executeSql("INSERT OVERWRITE sales PARTITION (dt = 'a') VALUES (CAST(9 AS BIGINT), 9, 'n')")
        .await();

    // Then
    assertThat(table.rows()).containsExactly("a/9, 9, n", "b/2, 2, y", "c/3, 3, z");

    // When
    sql.executeSql("INSERT OVERWRITE sales VALUES (5, 'b', 5, 'm')").await();

    // Then
    assertThat(table.rows()).containsExactly("b/5, 5, m");
    assertThat(table.partitions()).containsExactly("a", "b", "c");

    // When
    sql.executeSql("TRUNCATE TABLE sales").await();

    // Then
    assertThat(table.rows()).isEmpty();
    assertThat(table.partitions()).hasSize(3);
  }

  @Test
  void statementsOnAPrimaryKeyTable() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.keyed(2);
    TableEnvironment sql = sql(table);
    sql.getConfig().set("parallelism.default", "2");
    sql.executeSql(
            "INSERT INTO sales VALUES (1, 'a', 1, 'x'), (2, 'a', 2, 'y'), (1, 'b', 3, 'z'),"
                + " (4, 'c', 4, 'w')")
        .await();

    // When
    sql.executeSql("DELETE FROM sales WHERE dt = 'a' AND id = 1").await();
    sql.executeSql("DELETE FROM sales WHERE dt = 'nowhere' AND id = 1").await();
    sql.executeSql("DELETE FROM sales WHERE dt = 'c'").await();
    sql.executeSql("UPDATE sales SET amount = amount + 10 WHERE dt = 'b'").await();

    // Then
    assertThat(table.rows()).containsExactly("a/2, 2, y", "b/1, 13, z");
    assertThat(table.partitions()).containsExactly("a", "b", "c");

    // When
    sql.executeSql(
            "INSERT OVERWRITE sales PARTITION (dt = 'a')"
                + " SELECT id + 5, amount, note FROM sales WHERE dt = 'a'")
        .await();

    // Then
    assertThat(table.rows()).containsExactly("a/7, 2, y", "b/1, 13, z");

    // When
    sql.executeSql("TRUNCATE TABLE sales").await();

    // Then
    assertThat(table.rows()).isEmpty();
    assertThat(table.partitions()).hasSize(3);
  }

  @Test
  void columnsOfRowsAreUpdatedInTheirPartitionAndDeletedWithThem() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.keyed(2);
    TableEnvironment sql = sql(table);
    sql.executeSql("INSERT INTO sales VALUES (1, 'a', 1, 'x'), (2, 'b', 2, 'y')").await();

    // When
    sql.executeSql("INSERT INTO sales (id, dt, amount) VALUES (1, 'a', 100)").await();

    // Then
    assertThat(table.rows()).containsExactly("a/1, 100, x", "b/2, 2, y");
    assertThat(sql.explainSql("INSERT INTO sales PARTITION (dt = 'b') (id, amount) VALUES (2, 3)"))
        .as("its partition need not be named twice")
        .contains("Sink");

    // When
    sql.executeSql("DELETE FROM sales WHERE dt = 'a' AND id = 1").await();

    // Then
    assertThat(table.rows()).containsExactly("b/2, 2, y");
  }

  @Test
  void anExactlyOnceJobOfAPrimaryKeyTableWritesEachRowOnce() throws Exception {
    // Given
    PartitionedTestTable table = PartitionedTestTable.keyed(2);
    Failures.plan(SEED, 4, 2, 3_000);

    // When
    run(
        table,
        new CommitFailingSink(
            new ExactlyOnceTableSink(
                table.config("sink.delivery-guarantee", "exactly-once"),
                LeaseTimes.standard(),
                CHECKS)));

    // Then
    assertThat(Failures.happened()).isEqualTo(6);
    assertThat(table.records()).hasSize((int) ROWS);
    assertThat(table.ids()).isEqualTo(allIds());
  }

  private static TableEnvironment sql(PartitionedTestTable table) {
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.register(sql);
    return sql;
  }

  private static void run(PartitionedTestTable table, Sink<RowData> sink) throws Exception {
    JobClient job =
        Jobs.writePartitioned(
                Jobs.restarting(), 2, ROWS, ROWS_PER_SECOND, Failures::atRow, table, sink)
            .executeAsync();
    JobStatus end =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> job.getJobStatus().get(), JobStatus::isGloballyTerminalState);
    assertThat(end).isEqualTo(JobStatus.FINISHED);
  }

  private static List<Long> allIds() {
    return LongStream.range(0, ROWS).boxed().toList();
  }
}
