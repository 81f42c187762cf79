package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which {@code client.*} options hold for a statement. Seen through the buckets that rows go to:
 * round robin uses all of them, sticky one per batch, and here a statement is one batch.
 */
class ClientOptionsSqlTest {

  private static final String ASSIGNER = "client.writer.bucket.no-key-assigner";
  private static final String ROUND_ROBIN = "'" + ASSIGNER + "' = 'round_robin'";
  private static final String STICKY = "'" + ASSIGNER + "' = 'sticky'";

  private final TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  private final String database = SharedKafka.uniqueDatabase();

  @AfterEach
  void dropDatabase() {
    flink.executeSql("USE fluss");
    flink.executeSql("DROP DATABASE " + database + " CASCADE");
    flink.executeSql("USE CATALOG default_catalog");
    flink.executeSql("DROP CATALOG c");
  }

  @Test
  void thoseOfTheCatalogHoldForItsTables() throws Exception {
    // Given
    openCatalog(ROUND_ROBIN);
    createTable("t", "");

    // When
    insert("t", "");

    // Then
    assertThat(buckets("t")).hasSize(4);
  }

  @Test
  void thoseOfTheTableWinOverThoseOfTheCatalog() throws Exception {
    // Given
    openCatalog(STICKY);
    createTable("t", ", " + ROUND_ROBIN);

    // When
    insert("t", "");

    // Then
    assertThat(buckets("t")).hasSize(4);
  }

  @Test
  void thoseOfTheStatementWinOverAll() throws Exception {
    // Given
    openCatalog(ROUND_ROBIN);
    createTable("t", "");
    createTable("u", ", " + STICKY);

    // When
    insert("t", STICKY);
    insert("u", ROUND_ROBIN);

    // Then
    assertThat(buckets("t")).hasSize(1);
    assertThat(buckets("u")).hasSize(4);
  }

  private void openCatalog(String option) {
    flink.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '"
            + SharedKafka.kafka().bootstrapServers()
            + "', 'client.writer.batch-timeout' = '10 min', "
            + option
            + ")");
    flink.executeSql("CREATE DATABASE c." + database);
    flink.executeSql("USE CATALOG c");
    flink.executeSql("USE " + database);
  }

  private void createTable(String name, String options) {
    flink.executeSql(
        "CREATE TABLE "
            + name
            + " (a INT, bucket INT NOT NULL METADATA VIRTUAL) WITH ('bucket.num' = '4'"
            + options
            + ")");
  }

  private void insert(String table, String hint) throws Exception {
    flink
        .executeSql(
            "INSERT INTO "
                + table
                + (hint.isEmpty() ? "" : " /*+ OPTIONS(" + hint + ") */")
                + " VALUES (1), (2), (3), (4), (5), (6), (7), (8)")
        .await();
  }

  private Set<Integer> buckets(String table) {
    return CollectionUtil.iteratorToList(flink.executeSql("SELECT bucket FROM " + table).collect())
        .stream()
        .map(row -> row.<Integer>getFieldAs(0))
        .collect(Collectors.toSet());
  }
}
