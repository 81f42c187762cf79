package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.TopicOffsets;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of tables that are kept in a lake, and {@code t$lake} beside each of them. */
class LakeTableSqlTest {

  private final String database = SharedKafka.uniqueDatabase();
  private TableEnvironment flink;

  @BeforeEach
  void openCatalog() {
    flink = open(EnvironmentSettings.inBatchMode());
    sql("CREATE DATABASE " + database);
    sql("USE " + database);
  }

  private TableEnvironment open(EnvironmentSettings mode) {
    TableEnvironment opened = TableEnvironment.create(mode);
    opened.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'datalake.format' = 'memory', 'datalake.memory.name' = '%s')"
            .formatted(SharedKafka.kafka().bootstrapServers(), database));
    opened.executeSql("USE CATALOG c");
    return opened;
  }

  @AfterEach
  void dropDatabase() {
    sql("USE fluss");
    sql("DROP DATABASE " + database + " CASCADE");
  }

  @Test
  void lakeAndLogAreOneTableAndTheLakeIsOneByItself() throws Exception {
    // Given
    sql("CREATE TABLE t (id INT) WITH ('bucket.num' = '1', 'table.datalake.enabled' = 'true')");
    flink.executeSql("INSERT INTO t VALUES (1)").await();
    givenTheFirstRecordIsInTheLakeAs(-1);
    flink.executeSql("INSERT INTO t VALUES (2)").await();

    // Then
    assertThat(sql("SELECT id FROM t")).containsExactlyInAnyOrder(Row.of(-1), Row.of(2));
    assertThat(sql("SELECT id, `__bucket`, `__offset` FROM t$lake"))
        .containsExactly(Row.of(-1, 0, 0L));
    TableEnvironment streaming = open(EnvironmentSettings.inStreamingMode());
    streaming.executeSql("USE " + database);
    assertThat(
            CollectionUtil.iteratorToList(streaming.executeSql("SELECT id FROM t$lake").collect()))
        .containsExactly(Row.of(-1));
    assertThat(sql("SELECT id FROM t /*+ OPTIONS('scan.startup.mode' = 'earliest') */"))
        .containsExactlyInAnyOrder(Row.of(1), Row.of(2));
    assertThat(sql("SELECT id FROM t$changelog")).containsExactlyInAnyOrder(Row.of(1), Row.of(2));
  }

  private void givenTheFirstRecordIsInTheLakeAs(int id) {
    ClientConfig client = new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
    try (TableAdmin tables = TableAdmin.connect(client);
        LakeStorage lake = new MemoryLakeFormat().open(Map.of("name", database))) {
      TableInfo table = tables.table(TablePath.of(database, "t"));
      try (LakeAppender appender = lake.appender(table, new LakeBucket(null, 0))) {
        appender.append(LogBatch.ofRecord(0, 0, 1000, 1, one(GenericRowData.of(id))));
        lake.committer(table)
            .commit(
                List.of(appender.finish()),
                LakeOffsets.NONE,
                new LakeOffsets(
                    List.of(new TopicOffsets(null, table.topicId(), List.of(1L), 1000))));
      }
    }
  }

  private static BatchRows one(RowData row) {
    return new BatchRows() {
      @Override
      public int rowCount() {
        return 1;
      }

      @Override
      public RowData row(int index) {
        return row;
      }
    };
  }

  @Test
  void theLakeIsDescribedAndReadOnly() {
    // Given
    sql(
        "CREATE TABLE t (id INT PRIMARY KEY NOT ENFORCED) WITH ('table.datalake.enabled' = 'true')");

    // Then
    assertThat(sql("DESCRIBE t$lake").stream().map(r -> r.getField(0) + " " + r.getField(1)))
        .containsExactly(
            "id INT", "__bucket INT", "__offset BIGINT", "__timestamp TIMESTAMP_LTZ(3)");
    assertThat(sql("SHOW TABLES")).containsExactly(Row.of("t"));
    assertThat(sql("SHOW CREATE TABLE t$lake").toString())
        .contains("The lake of table")
        .doesNotContain("datalake.memory.name");
    assertThatThrownBy(() -> sql("INSERT INTO t$lake VALUES (1, 0, 0, CURRENT_TIMESTAMP)"))
        .rootCause()
        .hasMessageContaining("Cannot write to 't$lake': it shows the lake of table 't'");
    assertThatThrownBy(() -> sql("DROP TABLE t$lake")).hasMessageContaining("t$lake");
    assertThatThrownBy(() -> sql("SELECT * FROM nobody$lake")).hasMessageContaining("nobody$lake");
  }

  @Test
  void aTableWithoutLakeHasNoneToRead() {
    sql("CREATE TABLE t (id INT)");
    assertThatThrownBy(() -> sql("SELECT * FROM t$lake"))
        .hasMessageContaining("Table '" + database + ".t' is not kept in a lake");
  }

  @Test
  void withoutThePlaceOfTheLakeTheLogCanBeRead() throws Exception {
    // Given
    sql("CREATE TABLE t (id INT) WITH ('table.datalake.enabled' = 'true')");
    flink.executeSql("INSERT INTO t VALUES (1)").await();
    sql(
        "CREATE CATALOG other WITH ('type' = 'fluss', 'bootstrap.servers' = '%s')"
            .formatted(SharedKafka.kafka().bootstrapServers()));
    String table = "other." + database + ".t";

    // Then
    assertThatThrownBy(() -> sql("SELECT * FROM " + table))
        .hasMessageContaining("'datalake.memory.warehouse'")
        .hasMessageContaining("CREATE CATALOG");
    assertThat(sql("SELECT * FROM " + table + " /*+ OPTIONS('scan.startup.mode' = 'earliest') */"))
        .containsExactly(Row.of(1));
  }

  private List<Row> sql(String statement) {
    return CollectionUtil.iteratorToList(flink.executeSql(statement).collect());
  }
}
