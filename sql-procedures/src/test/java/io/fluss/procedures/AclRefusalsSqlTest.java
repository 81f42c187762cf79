package io.fluss.procedures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of SQL see with some rights, and are told where they lack one. */
class AclRefusalsSqlTest {

  private static EmbeddedKafka kafka;

  private TableEnvironment flink;

  @BeforeAll
  static void start() {
    kafka =
        EmbeddedKafka.builder()
            .sasl(
                Map.of("admin", "a", "reader", "r", "writer", "w", "one", "o", "nobody", "n"),
                "admin")
            .start();
    TableEnvironment admin = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    createCatalog(admin, "c", kafka.adminProperties());
    admin.executeSql("USE CATALOG c");
    for (String statement :
        List.of(
            "CREATE DATABASE shop",
            "CREATE DATABASE vault",
            "CREATE TABLE shop.t (a INT)",
            "CREATE TABLE shop.pk (id INT, x INT, y INT, PRIMARY KEY (id) NOT ENFORCED)",
            "CREATE TABLE shop.days (a INT, d STRING NOT NULL) PARTITIONED BY (d)",
            "CREATE TABLE shop.hidden (a INT)",
            "CREATE TABLE shop.hidden_days (a INT, d STRING NOT NULL) PARTITIONED BY (d)",
            "CREATE TABLE vault.t (a INT)",
            "CALL sys.add_acl('cluster.shop', 'ALLOW', 'User:reader', 'READ')",
            "CALL sys.add_acl('cluster.shop', 'ALLOW', 'User:writer', 'WRITE')",
            "CALL sys.add_acl('cluster.shop.t', 'ALLOW', 'User:one', 'READ')",
            "CALL sys.add_acl('cluster.shop.days', 'ALLOW', 'User:one', 'WRITE')")) {
      run(admin, statement);
    }
    run(admin, "INSERT INTO shop.t VALUES (1)");
    run(admin, "INSERT INTO shop.pk VALUES (1, 1, 1)");
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void createFlink() {
    flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "reader | INSERT INTO shop.t VALUES (1) | WRITE on 'cluster.shop.t'",
        "reader | INSERT INTO shop.pk VALUES (2, 2, 2) | WRITE on 'cluster.shop.pk'",
        "reader | INSERT INTO shop.t /*+ OPTIONS('sink.delivery-guarantee' = 'exactly-once') */ VALUES (1) | WRITE on 'cluster.shop.t'",
        "reader | INSERT INTO shop.days VALUES (1, 'x') | WRITE on 'cluster.shop.days'",
        "reader | ALTER TABLE shop.days ADD PARTITION (d = 'y') | WRITE on 'cluster.shop.days'",
        "reader | DELETE FROM shop.pk WHERE id = 1 | WRITE on 'cluster.shop.pk'",
        "reader | CREATE TABLE shop.mine (a INT) | CREATE on 'cluster.shop'",
        "reader | DROP TABLE shop.t | DROP on 'cluster.shop.t'",
        "reader | ALTER TABLE shop.t SET ('table.datalake.freshness' = '5 min') | ALTER on 'cluster.shop.t'",
        "reader | ALTER TABLE shop.t RENAME TO u | ALTER on 'cluster.shop.t'",
        "reader | TRUNCATE TABLE shop.t | DROP on 'cluster.shop.t'",
        "reader | CREATE DATABASE mine | CREATE on 'cluster'",
        "reader | DROP DATABASE shop CASCADE | DROP on 'cluster.shop'",
        "reader | ALTER DATABASE shop SET ('a' = 'b') | ALTER on 'cluster.shop'",
        "reader | DESCRIBE vault.t | DESCRIBE on 'cluster.vault'",
        "writer | SELECT * FROM shop.t | READ on 'cluster.shop.t'",
        "writer | SELECT * FROM shop.pk | READ on 'cluster.shop.pk'",
        "writer | INSERT INTO shop.pk (id, x) VALUES (1, 2) | ALTER on 'cluster.shop.pk'",
        "writer | INSERT OVERWRITE shop.t VALUES (1) | DROP on 'cluster.shop.t'",
        "one | SELECT * FROM shop.hidden | DESCRIBE on 'cluster.shop.hidden'",
        "one | DESCRIBE shop.hidden_days | DESCRIBE on 'cluster.shop.hidden_days'",
        "one | SHOW PARTITIONS shop.hidden_days | DESCRIBE on 'cluster.shop.hidden_days'",
        "one | INSERT INTO shop.t VALUES (1) | WRITE on 'cluster.shop.t'",
        "nobody | SHOW TABLES | DESCRIBE on 'cluster.fluss'",
        "nobody | CALL sys.list_acl() | DESCRIBE on 'cluster'"
      })
  void aRefusalNamesWhoWhatAndWhere(String user, String statement, String right) {
    // Given
    createCatalog(flink, "c", kafka.clientProperties(user));
    flink.executeSql("USE CATALOG c");

    // When, Then
    assertThatThrownBy(() -> run(flink, statement))
        .hasStackTraceContaining("User:" + user + " has no right to " + right + ". Who manages");
  }

  @Test
  void aRefusedCreateDatabaseNamesTheDatabaseToo() {
    // Given
    createCatalog(flink, "c", kafka.clientProperties("reader"));

    // When, Then
    assertThatThrownBy(() -> run(flink, "CREATE DATABASE c.mine"))
        .hasStackTraceContaining(
            "Database 'mine' cannot be created: User:reader has no right to CREATE on 'cluster'.");
  }

  @Test
  void aLookupJoinWithoutReadIsRefusedByName() {
    // Given
    flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    createCatalog(flink, "c", kafka.clientProperties("writer"));
    createCatalog(flink, "readers", kafka.clientProperties("reader"));
    flink.executeSql("USE CATALOG c");

    // When, Then
    assertThatThrownBy(
            () ->
                run(
                    flink,
                    "SELECT pk.x FROM (SELECT a, PROCTIME() AS p FROM readers.shop.t /*+"
                        + " OPTIONS('scan.bounded.mode' = 'latest') */) AS t"
                        + " JOIN shop.pk FOR SYSTEM_TIME AS OF t.p AS pk ON pk.id = t.a"))
        .hasStackTraceContaining("User:writer has no right to READ on 'cluster.shop.pk'.");
  }

  @Test
  void onlyWhatOneMayDescribeIsShown() {
    // Given
    createCatalog(flink, "c", kafka.clientProperties("one"));
    flink.executeSql("USE CATALOG c");

    // When, Then
    assertThat(run(flink, "SHOW DATABASES")).containsExactly("fluss", "shop");
    assertThat(run(flink, "SHOW TABLES IN shop")).containsExactlyInAnyOrder("days", "t");
    assertThat(run(flink, "SELECT a FROM shop.t")).containsExactly("1");
    run(flink, "INSERT INTO shop.days VALUES (1, 'mine')");
    assertThat(run(flink, "SHOW PARTITIONS shop.days")).containsExactly("d=mine");
  }

  @Test
  void whoMayNotSeeAnythingIsShownTheDefaultDatabaseOnly() {
    // Given
    createCatalog(flink, "c", kafka.clientProperties("nobody"));
    flink.executeSql("USE CATALOG c");

    // When, Then
    assertThat(run(flink, "SHOW DATABASES")).containsExactly("fluss");
  }

  @Test
  void aDatabaseThatOneMayNotSeeIsLikeOneThatIsNotThere() {
    // Given
    createCatalog(flink, "c", kafka.clientProperties("reader"));
    Properties withDefault = kafka.clientProperties("reader");
    withDefault.setProperty("default-database", "shop");
    createCatalog(flink, "d", withDefault);

    // When, Then
    for (String database : List.of("vault", "nothing")) {
      flink.executeSql("USE CATALOG d");
      assertThatThrownBy(() -> run(flink, "SELECT * FROM " + database + ".t"))
          .hasMessageContaining("Object '" + database + "' not found");
      // Flink looks into the default database for what it might be.
      flink.executeSql("USE CATALOG c");
      assertThatThrownBy(() -> run(flink, "SELECT * FROM " + database + ".t"))
          .hasMessageContaining("User:reader has no right to DESCRIBE on 'cluster.fluss'");
    }
  }

  private static void createCatalog(TableEnvironment flink, String name, Properties properties) {
    flink.executeSql(
        "CREATE CATALOG %s WITH ('type' = 'fluss', 'bootstrap.servers' = '%s'%s)"
            .formatted(
                name,
                properties.getProperty("bootstrap.servers"),
                properties.stringPropertyNames().stream()
                    .filter(key -> !key.equals("bootstrap.servers"))
                    .map(
                        key ->
                            ", '%s%s' = '%s'"
                                .formatted(
                                    key.equals("default-database") ? "" : "properties.",
                                    key,
                                    properties.get(key)))
                    .collect(Collectors.joining())));
  }

  /** Runs a statement to its end; the first column of its rows. */
  private static List<String> run(TableEnvironment flink, String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect()).stream()
        .map(row -> String.valueOf(row.getField(0)))
        .toList();
  }
}
