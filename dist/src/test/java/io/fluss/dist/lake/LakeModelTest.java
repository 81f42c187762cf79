package io.fluss.dist.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.BucketLag;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.LakeFaults;
import io.fluss.testkit.lake.LakeFaults.Step;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tables of all kinds are written and queried at random while two tiering jobs are killed at every
 * step, a commit of a round long over arrives late among it.
 *
 * <p>After each step lake and log together have to be what was written, wherever the lake is; after
 * each round the lake alone; and what the lake has of the log never gets less.
 */
class LakeModelTest {

  private static final int ROUNDS = Incident.values().length;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static EmbeddedFlink flink;

  @TempDir static Path warehouses;

  private final String database = SharedKafka.uniqueDatabase();
  private final LakeFaults faults = LakeFaults.of(database);
  private final TableAdmin admin =
      TableAdmin.connect(new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()));
  private final JobClient[] jobs = new JobClient[2];
  private final Map<String, Map<String, List<Long>>> offsetsSoFar = new HashMap<>();
  private TableEnvironment sql;

  @BeforeAll
  static void startFlink() throws Exception {
    flink = EmbeddedFlink.start(Map.of("restart-strategy.type", "none"));
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @AfterEach
  void end() throws Exception {
    faults.clear();
    for (int job = 0; job < jobs.length; job++) {
      kill(job);
    }
    admin.close();
  }

  @ParameterizedTest
  @CsvSource({"faulty-paimon, 1", "faulty-iceberg, 2"})
  void lakeAndLogAreOneTableWhateverHappens(String format, long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    String warehouse = warehouses.resolve(database).toUri().toString();
    List<ModelTable> tables = ModelTables.all();
    create(format, warehouse, tables);
    for (int job = 0; job < jobs.length; job++) {
      start(job, format, warehouse);
    }

    for (int round = 0; round < ROUNDS; round++) {
      // When
      write(tables, random);
      Incident incident = Incident.values()[round % Incident.values().length];
      happen(incident, tables, random, format, warehouse);
      checkUnion(tables.get(random.nextInt(tables.size())), incident);
      write(tables, random);
      checkUnion(tables.get(random.nextInt(tables.size())), incident);
      faults.clear();

      // Then
      for (ModelTable table : tables) {
        awaitTiered(table);
        checkLake(table, format, warehouse, incident);
        checkUnion(table, incident);
      }
    }
  }

  private enum Incident {
    NONE,
    WRITER_FAILS,
    FAILS_BEFORE_COMMIT,
    FAILS_AFTER_COMMIT,
    JOB_IS_KILLED,
    BOTH_JOBS_ARE_KILLED,
    LATE_COMMIT
  }

  private void happen(
      Incident incident, List<ModelTable> tables, Random random, String format, String warehouse)
      throws Exception {
    switch (incident) {
      case NONE -> {
        // a quiet round
      }
      case WRITER_FAILS -> failTwiceAt(Step.FINISH);
      case FAILS_BEFORE_COMMIT -> failTwiceAt(Step.BEFORE_COMMIT);
      case FAILS_AFTER_COMMIT -> failTwiceAt(Step.AFTER_COMMIT);
      case JOB_IS_KILLED -> restart(random.nextInt(2), format, warehouse);
      case BOTH_JOBS_ARE_KILLED -> {
        restart(0, format, warehouse);
        restart(1, format, warehouse);
      }
      case LATE_COMMIT -> commitLate(tables.get(0), random, format, warehouse);
    }
  }

  private void failTwiceAt(Step step) {
    AtomicInteger left = new AtomicInteger(2);
    faults.at(
        step,
        table -> {
          if (left.getAndDecrement() > 0) {
            throw new IllegalStateException("Planned failure at " + step + " of " + table);
          }
        });
  }

  /** A round that began with old offsets and comes to its commit after others. */
  private void commitLate(ModelTable events, Random random, String format, String warehouse) {
    TableInfo table = info(events.name());
    try (LakeStorage lake = lake(table, format, warehouse)) {
      LakeOffsets from = lake.latestSnapshot(table).map(LakeSnapshot::offsets).orElseThrow();
      byte[] files;
      try (var appender = lake.appender(table, new LakeBucket(null, 0))) {
        files = appender.finish();
      }
      execute(events.nextStatement(random));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> !lake.latestSnapshot(table).orElseThrow().offsets().equals(from));
      try (var committer = lake.committer(table)) {
        LakeOffsets to =
            new LakeOffsets(
                List.of(new TopicOffsets(null, table.topicId(), List.of(1L << 40, 1L << 40), 0)));
        assertThatThrownBy(() -> committer.commit(List.of(files), from, to))
            .isInstanceOf(LakeConflictException.class);
      }
    }
  }

  // ------------------------------------------------------------------------------------ checks

  private void checkUnion(ModelTable table, Incident incident) {
    assertThat(rows("SELECT " + table.columns() + " FROM " + table.name()))
        .as("table %s, lake and log, %s", table.name(), incident)
        .containsExactlyInAnyOrderElementsOf(table.rows());
  }

  private void checkLake(ModelTable table, String format, String warehouse, Incident incident) {
    assertThat(rows("SELECT " + table.columns() + " FROM `" + table.name() + "$lake`"))
        .as("table %s, lake alone, %s", table.name(), incident)
        .containsExactlyInAnyOrderElementsOf(table.rows());
    TableInfo info = info(table.name());
    try (LakeStorage lake = lake(info, format, warehouse)) {
      Map<String, List<Long>> before =
          offsetsSoFar.computeIfAbsent(table.name(), t -> new HashMap<>());
      for (TopicOffsets now : lake.latestSnapshot(info).orElseThrow().offsets().topics()) {
        List<Long> then = before.put(now.topicId(), now.next());
        for (int bucket = 0; then != null && bucket < then.size(); bucket++) {
          assertThat(now.next().get(bucket)).isGreaterThanOrEqualTo(then.get(bucket));
        }
      }
    }
  }

  private void awaitTiered(ModelTable table) {
    TableInfo info = info(table.name());
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(admin.lakeLag(info).buckets())
                    .as("table %s is tiered; %s", table.name(), admin.lakeState(info))
                    .allMatch(LakeModelTest::isTiered));
  }

  private static boolean isTiered(BucketLag bucket) {
    return bucket.pending() == 0;
  }

  // ------------------------------------------------------------------------------- what it uses

  private void create(String format, String warehouse, List<ModelTable> tables) throws Exception {
    sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(flink.clientConfiguration())
                .build());
    sql.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'datalake.format' ="
                .formatted(SharedKafka.kafka().bootstrapServers())
            + " '%s', 'datalake.%s.warehouse' = '%s')".formatted(format, format, warehouse));
    sql.executeSql("USE CATALOG c");
    sql.executeSql("CREATE DATABASE " + database);
    sql.executeSql("USE " + database);
    for (ModelTable table : tables) {
      sql.executeSql(
          "CREATE TABLE %s %s WITH ('bucket.num' = '2', 'table.datalake.enabled' = 'true', 'table.datalake.freshness' = '1 s')"
              .formatted(table.name(), table.definition()));
      for (String statement : table.firstStatements()) {
        execute(statement);
      }
    }
  }

  private void write(List<ModelTable> tables, Random random) {
    for (ModelTable table : tables) {
      for (int i = random.nextInt(3); i > 0; i--) {
        execute(table.nextStatement(random));
      }
    }
  }

  private void execute(String statement) {
    try {
      sql.executeSql(statement).await();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(statement, e);
    }
  }

  private List<String> rows(String query) {
    List<Row> rows = CollectionUtil.iteratorToList(sql.executeSql(query).collect());
    return rows.stream().map(Row::toString).toList();
  }

  private TableInfo info(String table) {
    return admin.table(TablePath.of(database, table));
  }

  private static LakeStorage lake(TableInfo table, String format, String warehouse) {
    return LakeSettings.fromOptions(Map.of("datalake." + format + ".warehouse", warehouse))
        .open(table, LakeModelTest.class.getClassLoader());
  }

  private void start(int job, String format, String warehouse) throws Exception {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink.clientConfiguration());
    TieringJob.build(
        env,
        TieringFlags.read(
            "--fluss.bootstrap.servers",
            SharedKafka.kafka().bootstrapServers(),
            "--datalake.format",
            format,
            "--datalake." + format + ".warehouse",
            warehouse,
            "--lake.tiering.poll-interval",
            "200 ms",
            "--lake.tiering.lease-duration",
            "3 s",
            "--lake.tiering.backoff",
            "200 ms",
            "--lake.tiering.max-backoff",
            "1 s"));
    jobs[job] = env.executeAsync("tiering " + job);
  }

  private void restart(int job, String format, String warehouse) throws Exception {
    kill(job);
    start(job, format, warehouse);
  }

  private void kill(int job) throws Exception {
    JobClient killed = jobs[job];
    if (killed == null) {
      return;
    }
    jobs[job] = null;
    killed.cancel().get();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> killed.getJobStatus().get().isGloballyTerminalState());
  }
}
