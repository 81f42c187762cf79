package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.CollectionUtil;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ALTER TABLE of columns, while jobs read and write the table. */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class SchemaChangesSqlTest {

  private final String database = SharedKafka.uniqueDatabase();

  private TableEnvironment batch;
  private TableEnvironment streaming;

  @BeforeEach
  void openCatalogs() {
    batch = environment(EnvironmentSettings.inBatchMode());
    batch.executeSql("CREATE DATABASE " + database);
    batch.executeSql("USE " + database);
    streaming =
        environment(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(Configuration.fromMap(Map.of("parallelism.default", "1")))
                .build());
    streaming.executeSql("USE " + database);
  }

  private static TableEnvironment environment(EnvironmentSettings settings) {
    TableEnvironment flink = TableEnvironment.create(settings);
    flink.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '"
            + SharedKafka.kafka().bootstrapServers()
            + "', 'client.writer.batch-timeout' = '5 ms')");
    flink.executeSql("USE CATALOG c");
    return flink;
  }

  @AfterEach
  void dropDatabase() {
    batch.executeSql("USE fluss");
    batch.executeSql("DROP DATABASE " + database + " CASCADE");
  }

  @Test
  void jobsOnALogTableKeepTheColumnsThatTheyWerePlannedWith() throws Exception {
    // Given: a reader and a writer that run
    batch.executeSql("CREATE TABLE feed (id INT, name STRING, amount INT)");
    batch.executeSql(
        "CREATE TABLE t (id INT, name STRING, amount INT, gone INT, ratio FLOAT)"
            + " WITH ('table.statistics.columns' = 'id, amount')");
    insert("INSERT INTO t VALUES (1, 'a', 10, 7, 0.5)");
    JobClient writer =
        streaming
            .executeSql(
                "INSERT INTO t SELECT id, name, amount, 8, CAST(0.25 AS FLOAT) FROM feed"
                    + " /*+ OPTIONS('scan.startup.mode' = 'earliest') */")
            .getJobClient()
            .orElseThrow();
    try (CloseableIterator<Row> reader = streaming.executeSql("SELECT * FROM t").collect()) {
      assertThat(next(reader, 1)).containsExactly(Row.of(1, "a", 10, 7, 0.5f));

      // When
      batch.executeSql("ALTER TABLE t ADD (added STRING COMMENT 'new' AFTER id)");
      batch.executeSql("ALTER TABLE t RENAME name TO title");
      batch.executeSql("ALTER TABLE t MODIFY (amount BIGINT, ratio DOUBLE FIRST)");
      batch.executeSql("ALTER TABLE t DROP gone");
      insert("INSERT INTO t VALUES (0.75, 2, 'new', 'b', 20)");
      insert("INSERT INTO feed VALUES (3, 'c', 30)");

      // Then
      assertThat(next(reader, 2))
          .containsExactlyInAnyOrder(Row.of(2, "b", 20, null, 0.75f), Row.of(3, "c", 30, 8, 0.25f));
    } finally {
      writer.cancel().get();
    }
    assertThat(rows("SELECT * FROM t"))
        .containsExactlyInAnyOrder(
            Row.of(0.5, 1, null, "a", 10L),
            Row.of(0.75, 2, "new", "b", 20L),
            Row.of(0.25, 3, null, "c", 30L));
    assertThat(rows("SELECT title FROM t WHERE amount > 15 AND id < 3"))
        .containsExactly(Row.of("b"));
    assertThat(rows("SELECT COUNT(*) FROM t WHERE added IS NULL")).containsExactly(Row.of(2L));
    assertThat(rows("DESCRIBE t").stream().map(r -> r.getField(0) + " " + r.getField(1)))
        .containsExactly("ratio DOUBLE", "id INT", "added STRING", "title STRING", "amount BIGINT");
  }

  @Test
  void jobsOnAPrimaryKeyTableKeepTheColumnsThatTheyWerePlannedWith() throws Exception {
    // Given: the table is folded in state, since columns were updated without the others
    batch.executeSql("CREATE TABLE probes (id INT)");
    batch.executeSql(
        "CREATE TABLE t (id INT, a INT, b STRING, gone INT, PRIMARY KEY (id) NOT ENFORCED)"
            + " WITH ('bucket.num' = '1')");
    insert("INSERT INTO t VALUES (1, 10, 'x', 7)");
    insert("INSERT INTO t (id, a) VALUES (1, 11)");
    String join =
        "SELECT p.id, t.a, t.b FROM (SELECT *, PROCTIME() AS proc FROM probes"
            + " /*+ OPTIONS('scan.startup.mode' = 'earliest') */) AS p"
            + " JOIN t FOR SYSTEM_TIME AS OF p.proc AS t ON t.id = p.id";
    try (CloseableIterator<Row> reader = streaming.executeSql("SELECT * FROM t").collect();
        CloseableIterator<Row> lookups = streaming.executeSql(join).collect()) {
      assertThat(next(reader, 3)).last().isEqualTo(Row.ofKind(RowKind.UPDATE_AFTER, 1, 11, "x", 7));
      insert("INSERT INTO probes VALUES (1)");
      assertThat(next(lookups, 1)).containsExactly(Row.of(1, 11, "x"));

      // When
      batch.executeSql("ALTER TABLE t ADD added STRING");
      batch.executeSql("ALTER TABLE t MODIFY a BIGINT");
      batch.executeSql("ALTER TABLE t RENAME b TO note");
      batch.executeSql("ALTER TABLE t DROP gone");
      insert("INSERT INTO t VALUES (2, 20, 'y', 'new')");
      insert("INSERT INTO t (id, a) VALUES (1, 12)");

      // Then
      assertThat(next(reader, 3))
          .containsExactlyInAnyOrder(
              Row.ofKind(RowKind.INSERT, 2, 20, "y", null),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, 11, "x", 7),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, 12, "x", 7));
      insert("INSERT INTO probes VALUES (2)");
      assertThat(next(lookups, 1)).containsExactly(Row.of(2, 20, "y"));
    }
    assertThat(rows("SELECT * FROM t"))
        .containsExactlyInAnyOrder(Row.of(1, 12L, "x", null), Row.of(2, 20L, "y", "new"));
    assertThat(rows("SELECT note, added FROM t WHERE id = 2")).containsExactly(Row.of("y", "new"));
    insert("UPDATE t SET added = 'later' WHERE id = 1");
    assertThat(rows("SELECT added FROM t WHERE id = 1")).containsExactly(Row.of("later"));
  }

  @Test
  void whatCannotBeSafeIsRefusedWithTheReason() {
    // Given
    batch.executeSql(
        "CREATE TABLE t (id INT, v INT, must INT NOT NULL, twice AS v * 2,"
            + " PRIMARY KEY (id) NOT ENFORCED)");

    // Then
    refused("ALTER TABLE t ADD (b INT NOT NULL, must2 INT NOT NULL)")
        .hasStackTraceContaining("'%s.t' cannot be changed for 2 reasons".formatted(database))
        .hasStackTraceContaining("Column 'b' cannot be added as INT NOT NULL");
    refused("ALTER TABLE t MODIFY v SMALLINT")
        .hasStackTraceContaining("Column 'v' cannot become SMALLINT: it is INT");
    refused("ALTER TABLE t MODIFY v INT NOT NULL")
        .hasStackTraceContaining("it may be null, and rows that are there may have no value");
    refused("ALTER TABLE t MODIFY id BIGINT").hasStackTraceContaining("it decides where a row is");
    refused("ALTER TABLE t RENAME id TO number").hasStackTraceContaining("id");
    refused("ALTER TABLE t DROP v").hasStackTraceContaining("v");
    refused("ALTER TABLE t DROP PRIMARY KEY").hasStackTraceContaining("rimary key");
    assertThat(rows("DESCRIBE t")).hasSize(4);
  }

  @Test
  void whatIsNotStoredChangesToo() throws Exception {
    // Given
    batch.executeSql("CREATE TABLE t (id INT COMMENT 'first', seen TIMESTAMP(3))");

    // When
    batch.executeSql("ALTER TABLE t ADD (twice AS id * 2)");
    batch.executeSql("ALTER TABLE t ADD WATERMARK FOR seen AS seen - INTERVAL '5' SECOND");
    batch.executeSql("ALTER TABLE t MODIFY id INT COMMENT 'number'");
    batch.executeSql(
        "ALTER TABLE t SET ('table.log.ttl' = '3 d', 'table.statistics.columns' = 'id')");
    String shown = rows("SHOW CREATE TABLE t").get(0).toString();

    // Then
    assertThat(shown)
        .contains("`twice` AS `id` * 2")
        .contains("WATERMARK FOR `seen` AS `seen` - INTERVAL '5' SECOND")
        .contains("COMMENT 'number'")
        .contains("'table.log.ttl' = '3 d'");

    // When
    batch.executeSql("ALTER TABLE t DROP WATERMARK");
    batch.executeSql("ALTER TABLE t DROP twice");
    batch.executeSql("ALTER TABLE t RESET ('table.statistics.columns')");

    // Then
    assertThat(rows("SHOW CREATE TABLE t").get(0).toString())
        .doesNotContain("WATERMARK")
        .doesNotContain("twice")
        .doesNotContain("statistics");

    // When
    batch.executeSql("ALTER DATABASE %s SET ('owner' = 'me')".formatted(database));

    // Then
    assertThat(
            batch
                .getCatalog(batch.getCurrentCatalog())
                .orElseThrow()
                .getDatabase(database)
                .getProperties())
        .containsEntry("owner", "me");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String statement) {
    return assertThatThrownBy(() -> batch.executeSql(statement));
  }

  private static List<Row> next(CloseableIterator<Row> rows, int count) {
    List<Row> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(rows.next());
    }
    return next;
  }

  private void insert(String statement) throws Exception {
    batch.executeSql(statement).await();
  }

  private List<Row> rows(String statement) {
    return CollectionUtil.iteratorToList(batch.executeSql(statement).collect());
  }
}
