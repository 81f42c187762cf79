package io.fluss.dist.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.state.TieringProblem;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a table from being tiered is told in one clear reason, and is that table's alone. */
class LakeProblemsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SECRET = "not-the-right-token";

  private static EmbeddedFlink flink;

  private final String bootstrap = SharedKafka.kafka().bootstrapServers();
  private final String database = SharedKafka.uniqueDatabase();
  private final TableAdmin admin = TableAdmin.connect(new ClientConfig(bootstrap, Map.of()));
  private final List<JobClient> jobs = new ArrayList<>();
  private TableEnvironment sql;

  @TempDir Path directory;

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
    stopJobs();
    admin.dropDatabaseWithTables(database);
    admin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paimon", "iceberg"})
  void aTableThatCannotBeTieredSaysWhyAndOthersGoOn(String format) throws Exception {
    // Given
    Path warehouse = directory.resolve("warehouse");
    connect(format, warehouse);
    TableInfo good = create("good");
    TableInfo replaced = create("replaced");
    TableInfo widened = create("widened");
    TableInfo blocked = create("blocked");
    try (OwnCatalog own = OwnCatalog.of(format, warehouse.toUri().toString())) {
      own.replace(replaced.path());
      own.widenId(widened.path());
      Path table = warehouse.resolve(own.directory(blocked.path()));
      Files.writeString(table.resolve(format.equals("paimon") ? "bucket-0" : "data"), "a file");
    }
    for (TableInfo table : List.of(good, replaced, widened, blocked)) {
      write(table, 0);
    }

    // When
    start(format, "warehouse", warehouse.toUri().toString());

    // Then
    assertThat(reasonOf(replaced))
        .contains("Lake table '" + replaced.path() + "'")
        .containsIgnoringCase("rename")
        .containsIgnoringCase("drop");
    assertThat(reasonOf(widened))
        .contains("Lake table '" + widened.path() + "'")
        .containsPattern("BIGINT|optional long");
    assertThat(reasonOf(blocked)).contains("'" + blocked.path() + "'").contains("irectory");
    for (int i = 1; i <= 3; i++) {
      write(good, i);
      awaitTiered(good);
    }
    assertThat(shown("good")).containsExactly(Row.of("ok", null));
    assertThat(shown("widened")).containsExactly(Row.of("failing", reasonOf(widened)));
    assertThat(listed("replaced")).isEqualTo(reasonOf(replaced));
  }

  @ParameterizedTest
  @ValueSource(strings = {"paimon", "iceberg"})
  void aLakeThatCannotBeUsedIsTheReasonOfItsTablesUntilItCan(String format) throws Exception {
    // Given
    Path warehouse = directory.resolve("warehouse");
    connect(format, warehouse);
    TableInfo table = create("orders");
    write(table, 0);
    Path file = Files.writeString(directory.resolve("file"), "no directory");

    // When: there is no such directory, and none can be made
    start(format, "warehouse", file.resolve("warehouse").toUri().toString());

    // Then
    assertThat(reasonOf(table)).contains(file.toString()).contains("irectory");

    // When: the catalog refuses the credentials
    stopJobs();
    admin.resumeTiering(table);
    try (RefusingServer server = new RefusingServer()) {
      start(
          format,
          format.equals("paimon") ? "metastore" : "type",
          "rest",
          "uri",
          server.uri(),
          "warehouse",
          "w",
          format.equals("paimon") ? "token.provider" : "rest.auth.type",
          format.equals("paimon") ? "bear" : "oauth2",
          "token",
          SECRET);

      // Then
      assertThat(reasonOf(table)).contains("Bad token").doesNotContain(SECRET);
    }

    // When: all is well
    stopJobs();
    admin.resumeTiering(table);
    start(format, "warehouse", warehouse.toUri().toString());

    // Then
    awaitTiered(table);
    assertThat(shown("orders")).containsExactly(Row.of("ok", null));

    // When: another lake, which has nothing of the table
    stopJobs();
    write(table, 1);
    start(format, "warehouse", directory.resolve("other").toUri().toString());

    // Then
    assertThat(reasonOf(table))
        .contains("the lake table was dropped or rolled back")
        .contains("CALL sys.resume_tiering('" + table.path() + "')");

    // When: somebody brings back the right one
    stopJobs();
    admin.resumeTiering(table);
    start(format, "warehouse", warehouse.toUri().toString());

    // Then
    awaitTiered(table);
    assertThat(rows("SELECT id FROM `orders$lake` ORDER BY id"))
        .containsExactly(Row.of(0), Row.of(1));
  }

  // ------------------------------------------------------------------------------- what is told

  /** One sentence or some, no text of a program. */
  private String reasonOf(TableInfo table) {
    TieringProblem problem =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> admin.lakeState(table).flatMap(s -> s.problem()), p -> p.isPresent())
            .orElseThrow();
    System.out.println("REASON " + table.path() + ": " + problem.reason());
    assertThat(problem.reason()).doesNotContain("Exception", "\n\tat ");
    return problem.reason();
  }

  private List<Row> shown(String table) {
    return rows("SELECT DISTINCT status, reason FROM `" + table + "$lake_offsets`");
  }

  private String listed(String table) {
    List<Row> rows = rows("CALL sys.list_lake_offsets('" + database + "." + table + "')");
    Row row = rows.get(0);
    return String.valueOf(row.getField(row.getArity() - 1));
  }

  private List<Row> rows(String statement) {
    return CollectionUtil.iteratorToList(sql.executeSql(statement).collect());
  }

  private void awaitTiered(TableInfo table) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> admin.lakeLag(table).buckets().stream().allMatch(b -> b.pending() == 0));
  }

  // ------------------------------------------------------------------------------- what it uses

  private void connect(String format, Path warehouse) {
    sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(flink.clientConfiguration())
                .build());
    sql.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'datalake.format' = '%s', 'datalake.%s.warehouse' = '%s')"
            .formatted(bootstrap, format, format, warehouse.toUri()));
    sql.executeSql("USE CATALOG c");
    sql.executeSql("CREATE DATABASE " + database);
    sql.executeSql("USE " + database);
  }

  private TableInfo create(String name) {
    sql.executeSql(
        "CREATE TABLE "
            + name
            + " (id INT, name STRING) WITH ('bucket.num' = '1',"
            + " 'table.datalake.enabled' = 'true', 'table.datalake.freshness' = '100 ms')");
    return admin.table(TablePath.of(database, name));
  }

  private static void write(TableInfo table, int id) {
    try (LogTableFixture log = LogTableFixture.of(SharedKafka.kafka(), table)) {
      log.write(0, GenericRowData.of(id, StringData.fromString("n" + id)));
    }
  }

  /** Starts a job with options of the lake, in pairs of key and value. */
  private void start(String format, String... options) throws Exception {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--fluss.bootstrap.servers",
                bootstrap,
                "--datalake.format",
                format,
                "--lake.tiering.poll-interval",
                "200 ms",
                "--lake.tiering.backoff",
                "200 ms",
                "--lake.tiering.max-backoff",
                "1 s"));
    for (int i = 0; i < options.length; i += 2) {
      flags.add("--datalake." + format + "." + options[i]);
      flags.add(options[i + 1]);
    }
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink.clientConfiguration());
    TieringJob.build(env, TieringFlags.read(flags.toArray(String[]::new)));
    jobs.add(env.executeAsync("tiering"));
  }

  private void stopJobs() throws Exception {
    for (JobClient job : jobs) {
      job.cancel().get();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }
    jobs.clear();
  }
}
