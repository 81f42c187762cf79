package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.state.TieringProblem;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.config.TieringOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.junit.jupiter.api.Test;

/** Jobs that die, fail and compete: the lake has each row once all the same. */
class KillTest extends TieringTest {

  private TableInfo create(String name, int buckets) {
    return lake.enable(
        tables,
        tables.createTable(
            TablePath.of(database, name),
            TableDescriptor.builder().column("id", new IntType()).buckets(buckets).build()));
  }

  private LogTableFixture log(TableInfo table) {
    return closing(LogTableFixture.of(SharedKafka.kafka(), table));
  }

  private static RowData[] rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(GenericRowData::of).toArray(RowData[]::new);
  }

  private List<Integer> ids(TableInfo table) {
    return lake.rows(table).stream()
        .map(r -> Integer.valueOf(r.substring(0, r.indexOf('@'))))
        .sorted()
        .toList();
  }

  private void awaitIds(TableInfo table, int count) {
    await().until(() -> ids(table).size() >= count);
    assertThat(ids(table)).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  /** Leases end soon after a job has died. */
  private TieringConfig impatient() {
    Configuration options = new Configuration();
    options.set(TieringOptions.POLL_INTERVAL, Duration.ofMillis(100));
    options.set(TieringOptions.BACKOFF, Duration.ofMillis(100));
    options.set(TieringOptions.LEASE_DURATION, Duration.ofSeconds(1));
    return lake.config(client, options);
  }

  /** Holds the first commit until the thread is interrupted, as it is when its job has ended. */
  private static Consumer<TablePath> holdFirst(CountDownLatch reached) {
    AtomicBoolean first = new AtomicBoolean(true);
    return path -> {
      if (first.getAndSet(false)) {
        reached.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IllegalStateException("killed", e);
        }
      }
    };
  }

  @Test
  void aJobThatDiesBeforeItsCommitLeavesNothing() throws Exception {
    // Given
    TableInfo table = create("orders", 2);
    log(table).write(0, rows(0, 5));
    CountDownLatch reached = new CountDownLatch(1);
    lake.hooks().beforeCommit(holdFirst(reached));
    RunningJob dying = start(impatient(), 1);
    reached.await();
    // When
    dying.close();
    start(impatient(), 1);
    // Then
    awaitIds(table, 5);
    assertThat(lake.hooks().snapshots(table.path())).isEqualTo(1);
  }

  @Test
  void aJobThatDiesBehindItsCommitIsFoundToHaveCommitted() throws Exception {
    // Given
    TableInfo table = create("orders", 2);
    LogTableFixture log = log(table);
    log.write(0, rows(0, 5));
    CountDownLatch reached = new CountDownLatch(1);
    lake.hooks().afterCommit(holdFirst(reached));
    RunningJob dying = start(impatient(), 1);
    reached.await();
    dying.close();
    assertThat(tables.lakeState(table).orElseThrow().snapshot()).isEmpty();
    // When
    start(impatient(), 1);
    // Then
    awaitState(table, s -> s.snapshot().isPresent() && s.offsets().equals(lake.offsets(table)));
    log.write(1, rows(5, 8));
    awaitIds(table, 8);
    assertThat(lake.hooks().snapshots(table.path())).isEqualTo(2);
  }

  @Test
  void commitsOfUnknownOutcomeAreLookedUp() {
    // Given
    TableInfo table = create("orders", 1);
    LogTableFixture log = log(table);
    log.write(0, rows(0, 2));
    AtomicInteger tries = new AtomicInteger();
    lake.hooks()
        .beforeCommit(
            path -> {
              if (tries.incrementAndGet() == 1) {
                throw new LakeCommitUnknownException("no answer, and not committed", null);
              }
            });
    lake.hooks()
        .afterCommit(
            path -> {
              throw new LakeCommitUnknownException("no answer, and committed", null);
            });
    // When
    start(impatient(), 1);
    // Then
    awaitState(table, s -> s.snapshot().isPresent() && s.problem().isEmpty());
    awaitIds(table, 2);
    log.write(0, rows(2, 3));
    awaitIds(table, 3);
    assertThat(lake.hooks().snapshots(table.path())).isEqualTo(2);
  }

  @Test
  void aTableThatFailsDisturbsNoOther() {
    // Given
    TableInfo bad = create("bad", 1);
    TableInfo good = create("good", 1);
    log(bad).write(0, rows(0, 2));
    LogTableFixture log = log(good);
    AtomicBoolean broken = new AtomicBoolean(true);
    lake.hooks()
        .beforeCommit(
            path -> {
              if (path.equals(bad.path()) && broken.get()) {
                throw new IllegalStateException("disk full");
              }
            });
    // When
    start(impatient(), 1);
    // Then
    for (int i = 0; i < 5; i++) {
      log.write(0, rows(i, i + 1));
      awaitIds(good, i + 1);
    }
    TieringProblem problem =
        awaitState(
                bad,
                s ->
                    s.problem()
                        .filter(p -> p instanceof TieringProblem.Failing f && f.failures() > 1)
                        .isPresent())
            .problem()
            .orElseThrow();
    assertThat(problem.reason()).contains("disk full");
    // When
    broken.set(false);
    // Then
    awaitIds(bad, 2);
    awaitState(bad, s -> s.problem().isEmpty() && s.snapshot().isPresent());
  }

  @Test
  void aLakeTableThatIsNotTheTablesIsToldOfAndDisturbsNoOther() {
    // Given
    TableInfo former = create("orders", 1);
    log(former).write(0, rows(0, 1));
    start(impatient(), 1);
    awaitIds(former, 1);
    tables.dropTable(former.path());
    TableInfo good = create("good", 1);
    // When
    TableInfo table = create("orders", 1);
    log(table).write(0, rows(1, 2));
    LogTableFixture log = log(good);
    // Then
    TieringProblem problem =
        awaitState(table, s -> s.problem().isPresent()).problem().orElseThrow();
    assertThat(problem).isInstanceOf(TieringProblem.Failing.class);
    assertThat(problem.reason())
        .contains("'" + table.path() + "' is of another table")
        .doesNotContain("Exception");
    log.write(0, rows(0, 2));
    awaitIds(good, 2);
  }

  @Test
  void aLakeThatCannotBeOpenedIsTheReasonOfItsTables() {
    // Given
    TableInfo one = create("one", 1);
    TableInfo two = create("two", 1);
    log(one).write(0, rows(0, 1));
    log(two).write(0, rows(0, 1));
    LakeSettings nowhere =
        LakeSettings.fromOptions(
            Map.of("datalake.format", "memory", "datalake.memory.without-buckets", "true"));
    Configuration options = new Configuration();
    options.set(TieringOptions.POLL_INTERVAL, Duration.ofMillis(100));
    // When
    RunningJob job = start(new TieringConfig(client, "memory", nowhere, options), 1);
    // Then
    for (TableInfo table : List.of(one, two)) {
      TieringProblem problem =
          awaitState(table, s -> s.problem().isPresent()).problem().orElseThrow();
      assertThat(problem).isInstanceOf(TieringProblem.Failing.class);
      assertThat(problem.reason())
          .isEqualTo("Option 'datalake.memory.name' is missing. Set it to any name.");
    }
    // When
    job.close();
    tables.resumeTiering(one);
    tables.resumeTiering(two);
    start(impatient(), 1);
    // Then
    awaitIds(one, 1);
    awaitIds(two, 1);
  }

  @Test
  void aStoppedJobIsGoneOnFromAtOnce() {
    // Given
    TableInfo table = create("orders", 2);
    LogTableFixture log = log(table);
    log.write(0, rows(0, 3));
    RunningJob first = start(2);
    awaitIds(table, 3);
    // When
    first.close();
    log.write(1, rows(3, 6));
    start(2);
    // Then
    awaitIds(table, 6);
  }

  @Test
  void jobsThatCompeteMoveEachRowOnce() {
    // Given
    TableInfo one = create("one", 2);
    TableInfo two = create("two", 2);
    LogTableFixture logOne = log(one);
    LogTableFixture logTwo = log(two);
    start(impatient(), 2);
    start(impatient(), 2);
    // When
    int count = 60;
    for (int i = 0; i < count; i++) {
      logOne.write(i % 2, rows(i, i + 1));
      logTwo.write(i % 2, rows(i, i + 1));
    }
    // Then
    awaitIds(one, count);
    awaitIds(two, count);
    awaitTiered(one);
    awaitTiered(two);
  }

  @Test
  void aLostTaskManagerIsReplaced(@InjectMiniCluster MiniCluster cluster) throws Exception {
    // Given
    TableInfo table = create("orders", 2);
    LogTableFixture log = log(table);
    log.write(0, rows(0, 3));
    start(impatient(), 2);
    awaitIds(table, 3);
    // When
    log.write(1, rows(3, 6));
    cluster.terminateTaskManager(0).get();
    log.write(0, rows(6, 9));
    cluster.startTaskManager();
    // Then
    await().atMost(Duration.ofSeconds(30)).until(() -> ids(table).size() >= 9);
    awaitIds(table, 9);
  }
}
