package io.fluss.dist.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
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
 * Columns of a log table and of a primary-key table change at random, round by round, while rows
 * are written and tiered, the tiering job is killed and begins again, a job writes on that was
 * planned before the first change, and so was one that reads, which is restored from a checkpoint
 * on the way.
 *
 * <p>After each round lake and log together, and the lake alone, have to be what a model says, and
 * in the end the old reader has to have seen all rows with its own columns.
 */
class SchemaChangeModelTest {

  private static final int ROUNDS = 4;
  private static final int KEYS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the reader that runs all along has seen, and whether it is to fail at its next row. */
  private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

  private static final AtomicBoolean FAIL = new AtomicBoolean();

  private static EmbeddedFlink flink;

  @TempDir static Path warehouses;

  private final String database = SharedKafka.uniqueDatabase();
  private final TableAdmin admin =
      TableAdmin.connect(new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()));
  private final List<JobClient> oldJobs = new ArrayList<>();
  private final ChangingTable events = new ChangingTable("events", false);
  private final ChangingTable states = new ChangingTable("states", true);
  private JobClient tiering;
  private TableEnvironment sql;
  private String catalog;

  @BeforeAll
  static void startFlink() throws Exception {
    flink =
        EmbeddedFlink.start(
            Map.of(
                "restart-strategy.type",
                "fixed-delay",
                "restart-strategy.fixed-delay.delay",
                "100 ms",
                "restart-strategy.fixed-delay.attempts",
                "10",
                "execution.checkpointing.interval",
                "500 ms",
                "taskmanager.numberOfTaskSlots",
                "16"));
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @AfterEach
  void end() throws Exception {
    for (JobClient job : oldJobs) {
      job.cancel().get();
    }
    if (tiering != null) {
      killTiering();
    }
    admin.close();
  }

  @ParameterizedTest
  @CsvSource({"paimon, 1", "iceberg, 2"})
  void columnsChangeWhileJobsReadAndWriteAndTier(String format, long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    String warehouse = warehouses.resolve(database).toUri().toString();
    create(format, warehouse);
    startTiering(format, warehouse);
    List<ChangingTable.Column> planned = List.copyOf(events.columns());
    startOldJobs();
    List<ChangingTable> tables = List.of(events, states);

    for (int round = 0; round < ROUNDS; round++) {
      // When
      for (ChangingTable table : tables) {
        execute(table.insert(random, KEYS));
        execute(table.alter(random));
        execute(table.insert(random, KEYS));
      }
      execute(events.insertByOldJob("feed", planned));
      if (round % 2 == 0) {
        killTiering();
        startTiering(format, warehouse);
      }
      if (round == ROUNDS / 2) {
        FAIL.set(true);
      }

      // Then
      for (ChangingTable table : tables) {
        awaitSame("lake and log of " + table.name() + " in round " + round, table, table.name());
        awaitTiered(table);
        awaitSame("lake of " + table.name() + " in round " + round, table, table.name() + "$lake");
        awaitSame("the same, once it is tiered", table, table.name());
      }
    }
    Set<String> expected = new TreeSet<>(events.rows(planned));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(new TreeSet<>(SEEN)).isEqualTo(expected));
    assertThat(FAIL).as("the reader was restored").isFalse();
  }

  // ------------------------------------------------------------------------------------ checks

  private void awaitSame(String what, ChangingTable table, String read) {
    List<String> expected = table.rows(table.columns());
    Awaitility.await()
        .pollInSameThread() // a table environment belongs to one
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rows("SELECT " + table.names() + " FROM `" + read + "`"))
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(expected));
  }

  private void awaitTiered(ChangingTable table) {
    TablePath path = TablePath.of(database, table.name());
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(admin.lakeLag(admin.table(path)).buckets())
                    .as("%s is tiered; %s", path, admin.lakeState(admin.table(path)))
                    .allMatch(b -> b.pending() == 0));
  }

  // ------------------------------------------------------------------------------- what it uses

  private void create(String format, String warehouse) {
    SEEN.clear();
    FAIL.set(false);
    catalog =
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'datalake.format' ="
                .formatted(SharedKafka.kafka().bootstrapServers())
            + " '%s', 'datalake.%s.warehouse' = '%s', 'client.writer.batch-timeout' = '5 ms')"
                .formatted(format, format, warehouse);
    sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(flink.clientConfiguration())
                .build());
    use(sql, true);
    sql.executeSql("CREATE TABLE feed (id INT, c1 INT, c2 STRING)");
    for (ChangingTable table : List.of(events, states)) {
      sql.executeSql(
          "CREATE TABLE %s %s WITH ('bucket.num' = '2', 'table.datalake.enabled' = 'true', 'table.datalake.freshness' = '1 s')"
              .formatted(table.name(), table.definition()));
    }
  }

  private void use(TableEnvironment environment, boolean create) {
    environment.executeSql(catalog);
    environment.executeSql("USE CATALOG c");
    if (create) {
      environment.executeSql("CREATE DATABASE " + database);
    }
    environment.executeSql("USE " + database);
  }

  /** A job that writes and one that reads, with the columns that there are now. */
  private void startOldJobs() throws Exception {
    TableEnvironment writer = flink.tableEnvironment();
    use(writer, false);
    oldJobs.add(
        writer
            .executeSql("INSERT INTO events SELECT id, c1, c2 FROM feed")
            .getJobClient()
            .orElseThrow());
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink.clientConfiguration());
    env.setParallelism(1);
    StreamTableEnvironment reader = StreamTableEnvironment.create(env);
    use(reader, false);
    reader
        .toDataStream(reader.sqlQuery("SELECT * FROM events"))
        .map(new Seeing())
        .name("seen")
        .print();
    oldJobs.add(env.executeAsync("reader"));
  }

  /** Notes the rows, and fails once when it is told to. */
  private static final class Seeing implements MapFunction<Row, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String map(Row row) {
      if (FAIL.compareAndSet(true, false)) {
        throw new IllegalStateException("Planned failure of the reader");
      }
      SEEN.add(row.toString());
      return "";
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

  private void startTiering(String format, String warehouse) throws Exception {
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
    tiering = env.executeAsync("tiering");
  }

  private void killTiering() throws Exception {
    JobClient killed = tiering;
    tiering = null;
    killed.cancel().get();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> killed.getJobStatus().get().isGloballyTerminalState());
  }
}
