package io.fluss.tiering.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.state.LakeTable;
import io.fluss.lake.state.TieringProblem;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.tiering.Lake;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that sleeps behind the end of its lease, step by step: each step is called by the test. */
class ZombieTest {

  private final ClientConfig client =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
  private final String database = SharedKafka.uniqueDatabase();
  private final Lake lake = new Lake();
  private final List<Job> jobs = new ArrayList<>();

  private TableAdmin tables;
  private TableInfo table;
  private LogTableFixture log;

  @BeforeEach
  void open() {
    tables = TableAdmin.connect(client);
    tables.createDatabase(database, null, Map.of());
    table =
        lake.enable(
            tables,
            tables.createTable(
                TablePath.of(database, "t"),
                TableDescriptor.builder().column("id", new IntType()).build()));
    log = LogTableFixture.of(SharedKafka.kafka(), table);
  }

  @AfterEach
  void close() {
    log.close();
    jobs.forEach(j -> j.connections.close());
    tables.dropDatabaseWithTables(database);
    tables.close();
  }

  /** The parts of an enumerator, with a clock of its own. */
  private final class Job {

    private final Connections connections;
    private final Claims claims;
    private final RoundPlanner planner;
    private final RoundCommitter committer;

    Job(String owner, Duration ahead) {
      Clock clock = Clock.offset(Clock.systemUTC(), ahead);
      TieringConfig config = lake.config(client);
      connections = new Connections(config, ZombieTest.class.getClassLoader());
      claims = new Claims(connections.tables().lakes(), config, owner, clock);
      TableLogs logs = new TableLogs(connections, clock);
      planner = new RoundPlanner(connections, config, claims, logs, clock);
      committer =
          new RoundCommitter(connections, claims, new LogRetention(connections, logs, clock));
      jobs.add(this);
    }

    Planned plan() {
      LakeTable due = tables.lakes().tables(database, "memory").get(0);
      return planner.plan(due);
    }

    RoundPlan planned() {
      return ((Planned.Round) plan()).plan();
    }
  }

  /** What a reader does with the only split of a round, whose rows are these. */
  private List<RangeDone> written(RoundPlan plan, int... ids) {
    RangeSplit split = plan.splits().get(0);
    assertThat(plan.splits()).hasSize(1);
    try (LakeAppender appender = lake.storage().appender(table, new LakeBucket(null, 0))) {
      for (int i = 0; i < ids.length; i++) {
        appender.append(LogBatch.ofRecord(0, split.start() + i, 1, 1, new One(ids[i])));
      }
      return List.of(
          new RangeDone(split.round(), 0, split.end(), appender.finish(), ids.length, 1, 1, 1, 1));
    }
  }

  private record One(int id) implements BatchRows {
    @Override
    public int rowCount() {
      return 1;
    }

    @Override
    public RowData row(int index) {
      return GenericRowData.of(id);
    }
  }

  @Test
  void whoWakesUpLateCommitsAndRecordsNothing() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job sleeper = new Job("sleeper", Duration.ZERO);
    RoundPlan slept = sleeper.planned();
    List<RangeDone> itsFiles = written(slept, 1);
    log.write(0, GenericRowData.of(2));
    Job other = new Job("other", Duration.ofHours(1));
    RoundPlan plan = other.planned();
    // When
    RoundEnd first = other.committer.commit(plan, written(plan, 1, 2));
    RoundEnd late = sleeper.committer.commit(slept, itsFiles);
    // Then
    assertThat(first).isInstanceOf(RoundEnd.Committed.class);
    assertThat(late).isInstanceOf(RoundEnd.Overtaken.class);
    assertThat(lake.rows(table)).containsExactly("1@0/0", "2@0/1");
    assertThat(lake.hooks().snapshots(table.path())).isEqualTo(1);
    assertThat(tables.lakeState(table).orElseThrow().offsets()).isEqualTo(lake.offsets(table));
    assertThat(sleeper.claims.renew(slept.claim())).isFalse();
  }

  @Test
  void whoWakesUpBeforeTheOtherCommitsIsNotRecordedAndNothingIsLost() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job sleeper = new Job("sleeper", Duration.ZERO);
    RoundPlan slept = sleeper.planned();
    log.write(0, GenericRowData.of(2));
    Job other = new Job("other", Duration.ofHours(1));
    RoundPlan plan = other.planned();
    // When
    RoundEnd late = sleeper.committer.commit(slept, written(slept, 1));
    boolean recorded = tables.lakeState(table).orElseThrow().snapshot().isPresent();
    RoundEnd overtaken = other.committer.commit(plan, written(plan, 1, 2));
    // Then
    assertThat(late).isInstanceOf(RoundEnd.Committed.class);
    assertThat(recorded).as("the sleeper's lease has ended").isFalse();
    assertThat(overtaken).isInstanceOf(RoundEnd.Overtaken.class);
    assertThat(lake.rows(table)).containsExactly("1@0/0");
    // When
    RoundPlan next = other.planned();
    other.committer.commit(next, written(next, 2));
    // Then
    assertThat(tables.lakeState(table).orElseThrow().offsets()).isEqualTo(lake.offsets(table));
    assertThat(lake.rows(table)).containsExactly("1@0/0", "2@0/1");
  }

  @Test
  void ofTwoRoundsWithTheSameOutcomeOneIsCommittedAndBothAreDone() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job sleeper = new Job("sleeper", Duration.ZERO);
    RoundPlan slept = sleeper.planned();
    Job other = new Job("other", Duration.ofHours(1));
    RoundPlan plan = other.planned();
    // When
    RoundEnd first = sleeper.committer.commit(slept, written(slept, 1));
    RoundEnd second = other.committer.commit(plan, written(plan, 1));
    // Then
    assertThat(first).isInstanceOf(RoundEnd.Committed.class);
    assertThat(second).isEqualTo(first);
    assertThat(lake.rows(table)).containsExactly("1@0/0");
    assertThat(tables.lakeState(table).orElseThrow().offsets()).isEqualTo(lake.offsets(table));
    assertThat(other.plan()).isInstanceOf(Planned.NothingNew.class);
  }

  @Test
  void whatWasNotRecordedIsFoundInTheLake() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job sleeper = new Job("sleeper", Duration.ZERO);
    RoundPlan slept = sleeper.planned();
    Job other = new Job("other", Duration.ofHours(1));
    RoundPlan plan = other.planned();
    sleeper.committer.commit(slept, written(slept, 1));
    other.committer.giveUp(plan, List.of());
    // When
    Planned next = other.plan();
    // Then
    assertThat(next).isInstanceOf(Planned.NothingNew.class);
    assertThat(tables.lakeState(table).orElseThrow().offsets()).isEqualTo(lake.offsets(table));
  }

  @Test
  void aRoundThatIsCutBehindAnAcceptedGapIsGoneOnFrom() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job job = new Job("job", Duration.ZERO);
    RoundPlan first = job.planned();
    job.committer.commit(first, written(first, 1));
    log.write(0, GenericRowData.of(2));
    log.write(0, GenericRowData.of(3));
    RoundPlan refused = job.planned();
    job.claims.park(refused.claim(), refused.state().complete(5), "deletes may be gone");
    // When
    tables.resumeTiering(table);
    RoundPlan resumed = job.planned();
    // Then
    RangeDone cut = new RangeDone(resumed.id(), 0, 2, new byte[0], 1, 1, 1, 7, 7);
    assertThat(resumed.completeAtMillis(List.of(cut))).isEqualTo(resumed.plannedAtMillis());
    assertThat(resumed.splits().get(0).safeTimeMillis()).isEqualTo(resumed.plannedAtMillis());
  }

  @Test
  void aRangeWhoseReadersEndIsNotTriedForEver() {
    // Given
    log.write(0, GenericRowData.of(1));
    Round round = new Round(new Job("job", Duration.ZERO).planned());
    for (int reader = 1; reader < Round.MOST_LOSSES; reader++) {
      round.next(reader);
      assertThat(round.lost(reader)).isEmpty();
    }
    // When
    round.next(0);
    Optional<RangeSplit> givenUp = round.lost(0);
    // Then
    assertThat(givenUp).contains(round.plan().splits().get(0));
  }

  @Test
  void anErrorInACommitIsRecordedWithTheTable() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job job = new Job("job", Duration.ZERO);
    RoundPlan plan = job.planned();
    lake.hooks()
        .beforeCommit(
            path -> {
              throw new NoClassDefFoundError("org/example/Missing");
            });
    // When
    RoundEnd end = job.committer.commit(plan, written(plan, 1));
    // Then
    assertThat(end).isInstanceOf(RoundEnd.Failed.class);
    assertThat(tables.lakeState(table).orElseThrow().problem().orElseThrow())
        .isInstanceOf(TieringProblem.Failing.class)
        .satisfies(p -> assertThat(p.reason()).contains("org/example/Missing"));
  }

  @Test
  void aTableThatIsClaimedIsLeftAlone() {
    // Given
    log.write(0, GenericRowData.of(1));
    new Job("owner", Duration.ZERO).planned();
    // When
    Planned other = new Job("other", Duration.ofSeconds(1)).plan();
    // Then
    assertThat(other).isInstanceOf(Planned.NotOurs.class);
  }

  @Test
  void aDroppedTableEndsInNothing() {
    // Given
    log.write(0, GenericRowData.of(1));
    Job job = new Job("job", Duration.ZERO);
    RoundPlan plan = job.planned();
    List<RangeDone> files = written(plan, 1);
    // When
    tables.dropTable(table.path());
    // Then
    assertThat(job.claims.renew(plan.claim())).isFalse();
    assertThat(job.committer.commit(plan, files)).isInstanceOf(RoundEnd.Committed.class);
    assertThat(tables.lakeState(table)).isEmpty();
  }
}
