package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of the catalog reach the factories of source and sink with all that these need. */
class ReadAndWriteSqlTest {

  private final String database = SharedKafka.uniqueDatabase();

  private TableEnvironment flink;

  @BeforeEach
  void openCatalog() {
    flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    flink.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '"
            + SharedKafka.kafka().bootstrapServers()
            + "', 'properties.client.id' = 'mine', 'client.writer.batch-timeout' = '5 ms')");
    flink.executeSql("CREATE DATABASE c." + database);
    flink.executeSql("USE CATALOG c");
    flink.executeSql("USE " + database);
  }

  @AfterEach
  void dropDatabase() {
    flink.executeSql("USE fluss");
    flink.executeSql("DROP DATABASE " + database + " CASCADE");
    flink.executeSql("USE CATALOG default_catalog");
    flink.executeSql("DROP CATALOG c");
  }

  @Test
  void rowsGoInAndComeOut() throws Exception {
    // Given
    flink.executeSql("CREATE TABLE t (a INT, b STRING, twice AS a * 2) WITH ('bucket.num' = '2')");
    // When
    flink.executeSql("INSERT INTO t VALUES (1, 'x'), (2, 'y')").await();
    // Then
    assertThat(rows("SELECT * FROM t"))
        .containsExactlyInAnyOrder(Row.of(1, "x", 2), Row.of(2, "y", 4));
    assertThat(rows("SELECT b FROM t /*+ OPTIONS('scan.startup.mode' = 'earliest') */"))
        .containsExactlyInAnyOrder(Row.of("x"), Row.of("y"));
    // When
    flink.executeSql("ALTER TABLE t RENAME TO u");
    // Then
    assertThat(rows("SELECT a FROM u")).containsExactlyInAnyOrder(Row.of(1), Row.of(2));
  }

  @Test
  void createTableAsSelect() throws Exception {
    // When
    flink
        .executeSql(
            "CREATE TABLE t WITH ('bucket.num' = '3') AS SELECT a, b FROM (VALUES (1, 'x'), (2,"
                + " 'y')) AS v(a, b)")
        .await();
    // Then
    assertThat(rows("SELECT * FROM t")).containsExactlyInAnyOrder(Row.of(1, "x"), Row.of(2, "y"));
    assertThat(rows("SHOW CREATE TABLE t").get(0).toString()).contains("'bucket.num' = '3'");
  }

  @Test
  void aTableDroppedAndCreatedAgainIsEmpty() throws Exception {
    // Given
    flink.executeSql("CREATE TABLE t (a INT)");
    flink.executeSql("INSERT INTO t VALUES (1)").await();
    // When
    flink.executeSql("DROP TABLE t");
    flink.executeSql("CREATE TABLE t (a INT)");
    // Then
    assertThat(rows("SELECT * FROM t")).isEmpty();
  }

  @Test
  void aTransactionalIdPrefixIsForAStatementNotForATable() throws Exception {
    // Given
    flink.executeSql("CREATE TABLE t (a INT)");
    // When
    flink
        .executeSql(
            "INSERT INTO t /*+ OPTIONS('sink.delivery-guarantee' = 'exactly-once',"
                + " 'sink.transactional-id-prefix' = 'mine') */ VALUES (1)")
        .await();
    // Then
    assertThat(rows("SELECT * FROM t")).containsExactly(Row.of(1));
    assertThatThrownBy(
            () ->
                flink.executeSql(
                    "CREATE TABLE u (a INT) WITH ('sink.transactional-id-prefix' = 'mine')"))
        .hasStackTraceContaining(
            "Option 'sink.transactional-id-prefix' cannot be kept with a table. Give it per INSERT"
                + " in an OPTIONS hint: two running jobs must not share it.");
  }

  @Test
  void aTableWhoseTopicWasDeletedCanBeDroppedAndCreatedAgain() throws Exception {
    // Given
    flink.executeSql("CREATE TABLE t (a INT)");
    try (Admin kafka = Admin.create(SharedKafka.kafka().adminProperties())) {
      kafka.deleteTopics(List.of(database + ".t")).all().get();
    }
    assertThat(rows("DESCRIBE t")).hasSize(1);
    assertThatThrownBy(() -> rows("SELECT * FROM t"))
        .hasStackTraceContaining("has lost its data")
        .hasStackTraceContaining("Drop the table and create it again.");
    assertThatThrownBy(() -> flink.executeSql("INSERT INTO t VALUES (1)"))
        .hasStackTraceContaining("has lost its data");
    // When
    flink.executeSql("DROP TABLE t");
    flink.executeSql("CREATE TABLE t (a INT)");
    flink.executeSql("INSERT INTO t VALUES (1)").await();
    // Then
    assertThat(rows("SELECT * FROM t")).containsExactly(Row.of(1));
  }

  @Test
  void optionsOfSourceAndSinkMayBeSetOnATable() {
    flink.executeSql(
        "CREATE TABLE t (a INT) WITH ('scan.startup.mode' = 'latest', 'sink.parallelism' = '1')");
    assertThatThrownBy(
            () -> flink.executeSql("CREATE TABLE u (a INT) WITH ('scan.startup.mod' = 'latest')"))
        .hasStackTraceContaining(
            "'scan.startup.mod' is unknown. Did you mean 'scan.startup.mode'?");
  }

  @Test
  void optionsOfAStatementAreCheckedLikeThoseOfATable() {
    // Given
    flink.executeSql(
        "CREATE TABLE t (a INT) WITH ('bucket.num' = '2', 'scan.startup.mode' = 'timestamp',"
            + " 'scan.startup.timestamp' = '17')");
    // When // Then
    assertThatThrownBy(
            () ->
                rows(
                    """
                    SELECT * FROM t /*+ OPTIONS('tabel.log.ttl' = '1 d', 'client.writer.foo' = '1',
                      'bukket.num' = '2', 'startup.mode' = 'latest', 'bucket.num' = '3',
                      'table.log.ttl' = '1 d', 'bucket.key' = 'a', 'scan.startup.mode' = 'begin',
                      'scan.parallelism' = '0', 'scan.bounded.timestamp' = '18') */"""))
        .rootCause()
        .hasMessageStartingWith(
            "Cannot use table '%s.t' with the options of this statement:\n- ".formatted(database))
        .hasMessageContaining("'tabel.log.ttl' is unknown. Did you mean 'table.log.ttl'?")
        .hasMessageContaining("'client.writer.foo' is unknown.")
        .hasMessageContaining("'bukket.num' is unknown. Did you mean 'bucket.num'?")
        .hasMessageContaining("'startup.mode' is unknown. Did you mean 'scan.startup.mode'?")
        .hasMessageContaining(
            "'bucket.num' is '3' in the statement, and the table has '2'. It belongs to the table,"
                + " and no statement can change it: leave it out.")
        .hasMessageContaining("'table.log.ttl' is '1 d' in the statement")
        .hasMessageContaining("'bucket.key' is 'a' in the statement, and the table has none.")
        .hasMessageContaining("'scan.startup.mode' has the value 'begin', which cannot be read")
        .hasMessageContaining("'scan.parallelism' = '0' must be at least 1.")
        .hasMessageContaining("'scan.bounded.timestamp' = '18' has no effect");
    assertThatThrownBy(
            () ->
                flink.executeSql(
                    """
                    INSERT INTO t /*+ OPTIONS('sink.parallelism' = '0', 'sink.buckets' = '1',
                      'sink.delivery-guarantee' = 'twice', 'client.writer.batch-size' = '1 b') */
                    VALUES (1)"""))
        .rootCause()
        .hasMessageContaining("'sink.parallelism' is 0, expected 1 or more.")
        .hasMessageContaining("'sink.buckets' is unknown.")
        .hasMessageContaining("'sink.delivery-guarantee' has the value 'twice'")
        .hasMessageContaining("'client.writer.batch-size' is '1 b', expected at least 1 kb.");
  }

  @Test
  void aStatementMayRepeatOptionsOfTheTableAndReplaceThoseOfReadsAndWrites() throws Exception {
    // Given
    flink.executeSql(
        "CREATE TABLE t (a INT) WITH ('bucket.num' = '2', 'scan.startup.mode' = 'timestamp',"
            + " 'scan.startup.timestamp' = '17')");
    // When
    flink
        .executeSql(
            "INSERT INTO t /*+ OPTIONS('bucket.num' = '02', 'properties.linger.ms' = '1') */"
                + " VALUES (1)")
        .await();
    // Then
    assertThat(
            rows(
                "SELECT * FROM t /*+ OPTIONS('table.log.ttl' = '168 h', 'scan.startup.mode' ="
                    + " 'full', 'properties.group.id' = 'g') */"))
        .containsExactly(Row.of(1));
  }

  private List<Row> rows(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
  }
}
