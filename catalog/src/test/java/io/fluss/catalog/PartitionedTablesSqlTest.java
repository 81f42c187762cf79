package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitioned tables from CREATE TABLE to a lookup join, as a user has them. */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class PartitionedTablesSqlTest {

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
                .withConfiguration(Configuration.fromMap(Map.of("parallelism.default", "2")))
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
  void aLogTableOfSeveralKeysIsWrittenPrunedAndOverwritten() throws Exception {
    // Given
    batch.executeSql(
        "CREATE TABLE t (a INT, dt DATE, region STRING, p STRING METADATA FROM 'partition' VIRTUAL)"
            + " PARTITIONED BY (dt, region) WITH ('bucket.num' = '2')");
    // When
    insert(
        "INSERT INTO t VALUES (1, DATE '2025-06-17', 'eu'), (2, DATE '2025-06-17', 'us.west'),"
            + " (3, DATE '2025-06-18', 'eu'), (4, DATE '2025-06-18', '')");
    insert("INSERT INTO t PARTITION (dt = '2025-06-19') SELECT 5, 'eu'");
    insert("INSERT INTO t PARTITION (dt = '2025-06-19', region = 'us.west') VALUES (6)");
    // Then
    assertThat(column(batch, "SHOW PARTITIONS t PARTITION (dt = '2025-06-19')"))
        .containsExactlyInAnyOrder("dt=2025-06-19/region=eu", "dt=2025-06-19/region=us.west");
    assertThat(rows("SELECT a, p FROM t WHERE region = 'eu' AND dt > DATE '2025-06-17'"))
        .containsExactlyInAnyOrder(
            Row.of(3, "dt=2025-06-18/region=eu"), Row.of(5, "dt=2025-06-19/region=eu"));
    assertThat(rows("SELECT a FROM t WHERE region LIKE 'us%' OR region = ''"))
        .containsExactlyInAnyOrder(Row.of(2), Row.of(4), Row.of(6));
    assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(6L));
    assertThat(rows("SELECT COUNT(*) FROM t WHERE dt <> DATE '2025-06-17'"))
        .containsExactly(Row.of(4L));
    assertThat(batch.explainSql("SELECT a FROM t WHERE region = 'eu' AND a < 3"))
        .contains("filter=[")
        .contains("region");
    // When
    insert("INSERT OVERWRITE t PARTITION (dt = '2025-06-18', region = 'eu') VALUES (33)");
    // Then
    assertThat(rows("SELECT a FROM t WHERE dt = DATE '2025-06-18'"))
        .containsExactlyInAnyOrder(Row.of(33), Row.of(4));
    // When
    batch.executeSql("ALTER TABLE t DROP PARTITION (dt = '2025-06-18', region = 'eu')");
    // Then
    assertThat(rows("SELECT a FROM t WHERE dt = DATE '2025-06-18'")).containsExactly(Row.of(4));
    // When
    batch.executeSql("TRUNCATE TABLE t");
    // Then
    assertThat(rows("SELECT a FROM t")).isEmpty();
  }

  @Test
  void aPrimaryKeyTableIsUpsertedUpdatedDeletedAndLookedUp() throws Exception {
    // Given
    batch.executeSql(
        "CREATE TABLE t (dt STRING, id INT, name STRING, score INT,"
            + " PRIMARY KEY (dt, id) NOT ENFORCED) PARTITIONED BY (dt)"
            + " WITH ('bucket.num' = '2')");
    insert(
        "INSERT INTO t VALUES ('a', 1, 'x', 1), ('a', 2, 'y', 2), ('b', 1, 'z', 3), ('b', 3, 'w',"
            + " 4)");
    // When
    insert("INSERT INTO t VALUES ('a', 1, 'xx', 10)");
    insert("INSERT INTO t (dt, id, score) VALUES ('b', 1, 30), ('c', 9, 90)");
    insert("UPDATE t SET name = 'yy' WHERE dt = 'a' AND id = 2");
    insert("DELETE FROM t WHERE dt = 'b' AND id = 3");
    // Then
    assertThat(rows("SELECT * FROM t"))
        .containsExactlyInAnyOrder(
            Row.of("a", 1, "xx", 10),
            Row.of("a", 2, "yy", 2),
            Row.of("b", 1, "z", 30),
            Row.of("c", 9, null, 90));
    assertThat(rows("SELECT name FROM t WHERE dt = 'a' AND id = 2")).containsExactly(Row.of("yy"));
    assertThat(rows("SELECT id FROM t WHERE dt IN ('b', 'c')"))
        .containsExactlyInAnyOrder(Row.of(1), Row.of(9));
    // When
    streaming.executeSql(
        "CREATE TEMPORARY VIEW o AS SELECT *, PROCTIME() AS proc FROM (VALUES ('a', 1), ('a', 2),"
            + " ('b', 3), ('b', 1), ('none', 1)) AS v(d, i)");
    List<String> joined =
        column(
            streaming,
            "SELECT CONCAT(o.d, CAST(o.i AS STRING), t.name) FROM o JOIN t FOR SYSTEM_TIME AS OF"
                + " o.proc AS t ON t.dt = o.d AND t.id = o.i AND t.dt < 'b'");
    // Then
    assertThat(joined).containsExactlyInAnyOrder("a1xx", "a2yy");
    // When
    insert("DELETE FROM t WHERE dt = 'a'");
    // Then
    assertThat(rows("SELECT dt, id FROM t"))
        .containsExactlyInAnyOrder(Row.of("b", 1), Row.of("c", 9));
    assertThatThrownBy(
            () ->
                batch.explainSql(
                    "SELECT * FROM (SELECT 1 AS i, PROCTIME() AS proc) AS o JOIN t FOR SYSTEM_TIME"
                        + " AS OF o.proc AS t ON t.id = o.i"))
        .hasStackTraceContaining("partition keys [dt]");
  }

  @Test
  void aRunningQueryFindsPartitionsThatComeAndGo() throws Exception {
    // Given
    batch.executeSql("CREATE TABLE t (a INT, dt STRING) PARTITIONED BY (dt)");
    insert("INSERT INTO t VALUES (0, 'd0'), (1, 'x')");
    try (CloseableIterator<Row> query =
        streaming
            .executeSql(
                "SELECT a FROM t /*+ OPTIONS('scan.partition.discovery.interval' = '200 ms') */"
                    + " WHERE dt LIKE 'd%'")
            .collect()) {
      assertThat(query.next()).isEqualTo(Row.of(0));
      // When
      insert("INSERT INTO t VALUES (2, 'd1'), (3, 'd1'), (4, 'y')");
      // Then
      assertThat(List.of(query.next(), query.next()))
          .containsExactlyInAnyOrder(Row.of(2), Row.of(3));
      // When
      batch.executeSql("ALTER TABLE t DROP PARTITION (dt = 'd1')");
      insert("INSERT INTO t VALUES (5, 'd2')");
      // Then
      assertThat(query.next()).isEqualTo(Row.of(5));
    }
  }

  @Test
  void writersCreateManyPartitionsAtOnceUpToTheLimit() throws Exception {
    // Given
    batch.executeSql(
        "CREATE TABLE t (a INT, n INT) PARTITIONED BY (n) WITH ('table.max-partitions' = '40')");
    String forty =
        String.join(
            ", ", IntStream.range(0, 400).mapToObj(i -> "(" + i + ", " + i % 40 + ")").toList());
    // When
    insert("INSERT INTO t VALUES " + forty);
    // Then
    assertThat(column(batch, "SHOW PARTITIONS t")).hasSize(40);
    assertThat(rows("SELECT COUNT(*), SUM(a) FROM t")).containsExactly(Row.of(400L, 79_800));
    assertThatThrownBy(() -> insert("INSERT INTO t VALUES (1, 40)"))
        .hasStackTraceContaining("Partition n=40 of table")
        .hasStackTraceContaining("'table.max-partitions' allows 40");
    assertThatThrownBy(() -> insert("INSERT INTO t VALUES (1, CAST(NULL AS INT))"))
        .hasStackTraceContaining("has null in its partition key 'n'");
    assertThatThrownBy(
            () ->
                insert(
                    "INSERT INTO t /*+ OPTIONS("
                        + "'client.writer.dynamic-create-partition.enabled' = 'false') */"
                        + " VALUES (1, 41)"))
        .hasStackTraceContaining("n=41")
        .hasStackTraceContaining("client.writer.dynamic-create-partition.enabled");
  }

  private void insert(String statement) throws Exception {
    batch.executeSql(statement).await();
  }

  private List<Row> rows(String query) {
    return CollectionUtil.iteratorToList(batch.executeSql(query).collect());
  }

  private static List<String> column(TableEnvironment flink, String query) throws Exception {
    List<String> values = new ArrayList<>();
    try (CloseableIterator<Row> result = flink.executeSql(query).collect()) {
      result.forEachRemaining(row -> values.add(String.valueOf(row.getField(0))));
    }
    return values;
  }
}
