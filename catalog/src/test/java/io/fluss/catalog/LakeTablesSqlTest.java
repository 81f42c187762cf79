package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLake;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are kept in a lake, as statements create and change them. */
class LakeTablesSqlTest {

  private final String database = SharedKafka.uniqueDatabase();
  private final MemoryLake lake = MemoryLake.named(database);

  private TableEnvironment flink;

  @BeforeEach
  void openCatalog() {
    flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    createCatalog("c", "'datalake.format' = 'memory', 'datalake.memory.name' = '" + database + "'");
    sql("USE CATALOG c");
    sql("CREATE DATABASE " + database);
    sql("USE " + database);
  }

  private void createCatalog(String name, String lakeOptions) {
    sql(
        "CREATE CATALOG %s WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', %s)"
            .formatted(name, SharedKafka.kafka().bootstrapServers(), lakeOptions));
  }

  @AfterEach
  void dropDatabase() {
    sql("USE CATALOG c");
    sql("USE fluss");
    sql("DROP DATABASE IF EXISTS " + database + " CASCADE");
    sql("USE CATALOG default_catalog");
  }

  @Test
  void theLakeTableIsThereWithTheTable() {
    // When
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");

    // Then
    assertThat(lake.exists(TablePath.of(database, "t"))).isTrue();
    assertThat(sql("SHOW CREATE TABLE t").toString())
        .contains("'table.datalake.format' = 'memory'")
        .doesNotContain("datalake.memory.name");
  }

  @Test
  void aTableWithoutALakeHasNone() {
    // When
    sql("CREATE TABLE t (id INT)");

    // Then
    assertThat(lake.exists(TablePath.of(database, "t"))).isFalse();
    assertThat(sql("SHOW CREATE TABLE t").toString()).doesNotContain("datalake");
  }

  @Test
  void aLakeIsEnabledAndDisabledLater() {
    // Given
    sql("CREATE TABLE t (id INT PRIMARY KEY NOT ENFORCED)");

    // When
    sql(
        "ALTER TABLE t SET ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '30 s')");

    // Then
    assertThat(lake.exists(TablePath.of(database, "t"))).isTrue();
    assertThat(sql("SHOW CREATE TABLE t").toString())
        .contains("'table.datalake.enabled' = 'true'")
        .contains("'table.datalake.format' = 'memory'")
        .contains("'table.datalake.freshness' = '30 s'");

    // When
    sql("ALTER TABLE t SET ('table.datalake.enabled' = 'false')");
    sql("ALTER TABLE t RESET ('table.datalake.freshness')");

    // Then
    assertThat(sql("SHOW CREATE TABLE t").toString())
        .contains("'table.datalake.enabled' = 'false'")
        .doesNotContain("freshness");
  }

  @Test
  void aTableThatTheFormatCannotKeepIsRefusedBeforeAnythingIsWritten() {
    // Given
    String create = "CREATE TABLE t (id INT, tags MAP<STRING, INT>)";

    // Then
    refused(create + " WITH ('table.datalake.enabled' = 'true')")
        .hasMessageContaining("Column 'tags' is of type MAP<")
        .hasMessageContaining("which lake format 'memory' cannot store");
    assertThat(sql("SHOW TABLES")).isEmpty();

    // When
    sql(create);

    // Then
    refused("ALTER TABLE t SET ('table.datalake.enabled' = 'true')")
        .hasMessageContaining("which lake format 'memory' cannot store");
    assertThat(lake.exists(TablePath.of(database, "t"))).isFalse();
  }

  @Test
  void allProblemsOfLakeOptionsAreReportedTogether() {
    refused(
            "CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true',"
                + " 'table.datalake.format' = 'hudi', 'table.datalake.freshness' = '0 s',"
                + " 'table.datalake.retention-policy' = 'maybe')")
        .hasMessageContaining("'table.datalake.format' is 'hudi', and the class path has [memory]")
        .hasMessageContaining("'table.datalake.freshness' is '0 s' and must be more than 0")
        .hasMessageContaining("'table.datalake.retention-policy'");
    assertThat(sql("SHOW TABLES")).isEmpty();
  }

  @Test
  void withoutAnyFormatTheLakeCannotBeEnabled() {
    // Given
    createCatalog("plain", "'default-database' = 'fluss'");
    sql("USE CATALOG plain");
    sql("USE " + database);

    // Then
    refused("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')")
        .hasMessageContaining("nothing says which format the lake has")
        .hasMessageContaining("'datalake.format' in CREATE CATALOG");
    refused(
            "CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true',"
                + " 'table.datalake.format' = 'memory')")
        .hasMessageContaining("nothing says where that is. Set 'datalake.memory.warehouse'");
    assertThat(sql("SHOW TABLES")).isEmpty();
    sql("DROP CATALOG IF EXISTS other");
  }

  @Test
  void onlyWhatConcernsTheLakeNeedsTheLake() {
    // Given: somebody who cannot reach the lake
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");
    createCatalog("plain", "'default-database' = 'fluss'");
    sql("USE CATALOG plain");
    sql("USE " + database);

    // When
    sql("ALTER TABLE t SET ('table.datalake.freshness' = '30 s', 'table.log.ttl' = '3 d')");
    sql("ALTER TABLE t RESET ('table.log.ttl')");

    // Then
    assertThat(sql("SHOW CREATE TABLE t").toString())
        .contains("'table.datalake.freshness' = '30 s'");
    refused("ALTER TABLE t SET ('memory.x' = '1')")
        .hasMessageContaining("nothing says where that is");

    // When
    sql("ALTER TABLE t SET ('table.datalake.enabled' = 'false')");

    // Then
    refused("ALTER TABLE t SET ('table.datalake.enabled' = 'true')")
        .hasMessageContaining("nothing says where that is");
  }

  @Test
  void whatSaysHowATableIsStoredCannotChange() {
    // Given
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");

    // Then
    refused("ALTER TABLE t SET ('bucket.num' = '3', 'table.log.format' = 'x')")
        .hasMessageContaining("Option 'bucket.num' was settled when the table was created")
        .hasMessageContaining("Option 'table.log.format' is unknown");
    refused("ALTER TABLE t RESET ('table.datalake.format')")
        .hasMessageContaining("Option 'table.datalake.format' is 'memory' and cannot change");
  }

  @Test
  void optionsOfJobsCanChangeForThoseThatStartAfterwards() {
    // Given
    sql("CREATE TABLE t (id INT)");

    // When
    sql("ALTER TABLE t SET ('scan.startup.mode' = 'latest', 'client.writer.batch-size' = '1 mb')");

    // Then
    assertThat(sql("SHOW CREATE TABLE t").toString())
        .contains("'scan.startup.mode' = 'latest'")
        .contains("'client.writer.batch-size' = '1 mb'");
  }

  @Test
  void whatReachesALakeIsNeverStoredWithATable() {
    refused(
            "CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true',"
                + " 'memory.s3.secret-key' = 'hidden-1', 'memory.fs.x' = 'hidden-2')")
        .hasMessageContaining("Set 'datalake.memory.s3.secret-key' in CREATE CATALOG")
        .hasMessageContaining("Set 'datalake.memory.fs.x' in CREATE CATALOG")
        .hasMessageNotContaining("hidden");
    assertThat(sql("SHOW TABLES")).isEmpty();
  }

  @Test
  void aTableInALakeCannotBeEmptied() {
    // Given
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");
    sql(
        "CREATE TABLE k (id INT PRIMARY KEY NOT ENFORCED) WITH ('table.datalake.enabled' = 'true')");
    flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    createCatalog("c", "'datalake.memory.name' = '" + database + "'");
    sql("USE CATALOG c");
    sql("USE " + database);

    // Then
    for (String statement :
        List.of(
            "TRUNCATE TABLE t",
            "TRUNCATE TABLE k",
            "INSERT OVERWRITE t VALUES (1)",
            "INSERT OVERWRITE k VALUES (1)")) {
      assertThatThrownBy(() -> sql(statement))
          .hasStackTraceContaining("its rows are in a lake, too, where they would stay");
    }
  }

  @Test
  void theNextTableOfANameDoesNotGetTheRowsOfTheFirst() {
    // Given
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");
    sql("DROP TABLE t");

    // When
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");

    // Then
    assertThat(lake.snapshots(TablePath.of(database, "t"))).isZero();
  }

  @Test
  void aCatalogRefusesLakeOptionsThatNobodyReads() {
    assertThatThrownBy(
            () -> createCatalog("bad", "'datalake.format' = 'hudi', 'datalake.x' = 'secret-1'"))
        .hasStackTraceContaining("Lake format 'hudi' is not on the class path")
        .hasStackTraceContaining("Option 'datalake.x' is unknown");
  }

  private AbstractThrowableAssert<?, ?> refused(String statement) {
    return assertThatThrownBy(() -> sql(statement)).rootCause();
  }

  private List<String> sql(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect()).stream()
        .map(row -> String.valueOf(row.getField(0)))
        .toList();
  }
}
