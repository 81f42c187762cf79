package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsSqlTest {

  private final String database = SharedKafka.uniqueDatabase();

  private TableEnvironment flink;

  @BeforeEach
  void openCatalog() {
    flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    sql(
        "CREATE CATALOG lake WITH ('type' = 'fluss', 'bootstrap.servers' = '%s')"
            .formatted(SharedKafka.kafka().bootstrapServers()));
    sql("USE CATALOG lake");
    sql("CREATE DATABASE " + database);
    sql("USE " + database);
  }

  @AfterEach
  void dropDatabase() {
    sql("USE fluss");
    sql("DROP DATABASE IF EXISTS " + database + " CASCADE");
    sql("USE CATALOG default_catalog");
    sql("DROP CATALOG lake");
  }

  @Test
  void partitionsAreAddedShownAndDropped() {
    // Given
    sql(
        "CREATE TABLE t (id INT, region STRING, dt DATE, PRIMARY KEY (dt, id, region) NOT ENFORCED)"
            + " PARTITIONED BY (dt, region) WITH ('bucket.num' = '2')");
    assertThat(sql("SHOW PARTITIONS t")).isEmpty();

    // When
    sql("ALTER TABLE t ADD PARTITION (dt = '2025-06-17', region = 'eu.west')");
    sql(
        "ALTER TABLE t ADD PARTITION (dt = '2025-06-17', region = 'Zürich/Süd')"
            + " PARTITION (dt = '2025-06-18', region = '')");

    // Then
    assertThat(sql("SHOW PARTITIONS t"))
        .containsExactlyInAnyOrder(
            "dt=2025-06-17/region=eu.west",
            "dt=2025-06-17/region=Zürich/Süd",
            "dt=2025-06-18/region=");
    assertThat(sql("SHOW PARTITIONS t PARTITION (dt = '2025-06-18')"))
        .containsExactly("dt=2025-06-18/region=");
    assertThat(sql("SHOW PARTITIONS `t$changelog` PARTITION (region = 'eu.west')"))
        .containsExactly("dt=2025-06-17/region=eu.west");

    // When
    sql("ALTER TABLE t ADD IF NOT EXISTS PARTITION (dt = '2025-06-17', region = 'eu.west')");
    sql("ALTER TABLE t DROP PARTITION (dt = '2025-06-17', region = 'eu.west')");
    sql("ALTER TABLE t DROP IF EXISTS PARTITION (dt = '2025-06-17', region = 'eu.west')");

    // Then
    assertThat(sql("SHOW PARTITIONS t"))
        .containsExactlyInAnyOrder("dt=2025-06-17/region=Zürich/Süd", "dt=2025-06-18/region=");
    refused("ALTER TABLE t ADD PARTITION (dt = '2025-06-18', region = '')")
        .hasStackTraceContaining("has a partition dt=2025-06-18/region= already");
    refused("ALTER TABLE t DROP PARTITION (dt = '2020-01-01', region = '')")
        .hasStackTraceContaining("has no partition dt=2020-01-01/region=");
  }

  @Test
  void partitionsThatCannotBeAreRefusedWithAllReasons() {
    sql(
        "CREATE TABLE t (a INT, dt DATE, n SMALLINT) PARTITIONED BY (dt, n)"
            + " WITH ('table.max-partitions' = '1')");
    refused("ALTER TABLE t ADD PARTITION (dt = '2025-6-1')")
        .hasStackTraceContaining(
            "'2025-6-1' is not a value of 'dt', which is of type DATE NOT NULL.")
        .hasStackTraceContaining("It has no value for 'n'.");
    refused("SHOW PARTITIONS t PARTITION (n = 'many')")
        .hasStackTraceContaining("'many' is not a value of 'n'");
    refused("ALTER TABLE t ADD PARTITION (dt = '2025-06-01', n = 1) WITH ('x' = 'y')")
        .hasStackTraceContaining("a partition has no properties of its own");
    refused("ALTER TABLE `t$changelog` ADD PARTITION (dt = '2025-06-01', n = 1)")
        .hasStackTraceContaining("Name the table itself.");
    sql("ALTER TABLE t ADD PARTITION (dt = '2025-06-01', n = 1)");
    refused("ALTER TABLE t ADD PARTITION (dt = '2025-06-01', n = 2)")
        .hasStackTraceContaining("the table has 1 partitions, and 'table.max-partitions' allows 1");
    sql("CREATE TABLE whole (a INT)");
    refused("SHOW PARTITIONS whole").hasStackTraceContaining("is not partitioned");
    refused("ALTER TABLE whole ADD PARTITION (a = 1)").hasStackTraceContaining("partition");
  }

  @Test
  void tablesThatCannotBePartitionedSoAreRefusedWithAllReasons() {
    refused(
            "CREATE TABLE t (a INT, b INT, m ARRAY<INT>, PRIMARY KEY (a) NOT ENFORCED)"
                + " PARTITIONED BY (b, m) WITH ('bucket.key' = 'b',"
                + " 'table.max-partitions' = '0', 'table.auto-partition.enabled' = 'true',"
                + " 'table.auto-partition.key' = 'x', 'table.auto-partition.num-precreate' = '2',"
                + " 'table.auto-partition.time-zone' = 'Mars')")
        .hasStackTraceContaining("PARTITIONED BY names column 'm' of type ARRAY<INT>")
        .hasStackTraceContaining("Partition key 'b' is not of the primary key (a)")
        .hasStackTraceContaining("'bucket.key' names column 'b', which is a partition key")
        .hasStackTraceContaining("'table.max-partitions' is '0' and must be at least 1.")
        .hasStackTraceContaining("'table.auto-partition.key' is 'x', which is none of")
        .hasStackTraceContaining("nobody knows the other values ahead of time")
        .hasStackTraceContaining("'Mars', which is no time zone");
    refused("CREATE TABLE t (a INT, PRIMARY KEY (a) NOT ENFORCED) PARTITIONED BY (a)")
        .hasStackTraceContaining("has the partition keys only");
    refused("CREATE TABLE t (a INT) WITH ('table.auto-partition.num-retention' = '3')")
        .hasStackTraceContaining("is for tables that are PARTITIONED BY columns");
    refused(
            "CREATE TABLE t (a INT, dt STRING) PARTITIONED BY (dt) WITH ("
                + "'table.auto-partition.enabled' = 'true',"
                + " 'table.auto-partition.time-format' = 'yyyy-MM')")
        .hasStackTraceContaining("'yyyy-MM' does not tell one DAY from another");
    assertThat(sql("SHOW TABLES")).isEmpty();
  }

  private List<String> sql(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect()).stream()
        .map(row -> String.valueOf(row.getField(0)))
        .toList();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String statement) {
    return assertThatThrownBy(() -> sql(statement));
  }
}
