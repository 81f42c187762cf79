package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Partitioned tables in SQL. */
class PartitionedTableSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final LogicalType STRING = new VarCharType(false, VarCharType.MAX_LENGTH);

  private static final String LOG_COLUMNS =
      "id BIGINT, dt STRING NOT NULL, region INT NOT NULL,"
          + " p STRING METADATA FROM 'partition' VIRTUAL";

  private static final String KEYED_COLUMNS =
      "dt STRING NOT NULL, id BIGINT NOT NULL, v BIGINT, PRIMARY KEY (dt, id) NOT ENFORCED";

  private static PartitionedTableFixture logTable() {
    return PartitionedTableFixture.create(
        SharedKafka.kafka(),
        TableDescriptor.builder()
            .column("id", new BigIntType())
            .column("dt", STRING)
            .column("region", new IntType(false))
            .partitionKeys(List.of("dt", "region"))
            .buckets(2)
            .build());
  }

  private static PartitionedTableFixture keyedTable(String... options) {
    TableDescriptor.Builder table =
        TableDescriptor.builder()
            .column("dt", STRING)
            .column("id", new BigIntType(false))
            .column("v", new BigIntType())
            .primaryKey(List.of("dt", "id"))
            .partitionKeys(List.of("dt"))
            .buckets(4);
    for (int i = 0; i < options.length; i += 2) {
      table.option(options[i], options[i + 1]);
    }
    return PartitionedTableFixture.create(SharedKafka.kafka(), table.build());
  }

  @Test
  void batchReadsAllPartitionsAndTellsWhichRowsAreOfWhich() throws Exception {
    try (PartitionedTableFixture table = logTable()) {
      // Given
      table.append(0, logRow(1, "a", 1), logRow(2, "a", 2), logRow(3, "b", 1));
      table.append(1, logRow(4, "a", 1));
      SqlSupport batch = SqlSupport.batch(table).declare(LOG_COLUMNS);

      // Then
      assertThat(batch.rows("SELECT id, dt, region, p FROM t"))
          .containsExactlyInAnyOrder(
              Row.of(1L, "a", 1, "dt=a/region=1"),
              Row.of(2L, "a", 2, "dt=a/region=2"),
              Row.of(3L, "b", 1, "dt=b/region=1"),
              Row.of(4L, "a", 1, "dt=a/region=1"));
      assertThat(batch.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(4L));
      assertThat(batch.sql().explainSql("SELECT COUNT(*) FROM t")).contains("aggregates=[");
      assertThat(batch.rows("SELECT id FROM t LIMIT 3")).hasSize(3);
    }
  }

  @Test
  void aTableWithoutPartitionsHasNoRows() throws Exception {
    try (PartitionedTableFixture table = logTable()) {
      SqlSupport batch = SqlSupport.batch(table).declare(LOG_COLUMNS);
      assertThat(batch.rows("SELECT id FROM t")).isEmpty();
      assertThat(batch.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(0L));
    }
  }

  @Test
  void partitionsThatAFilterExcludesAreNeverFetched() throws Exception {
    try (PartitionedTableFixture table = logTable()) {
      // Given
      for (int region = 0; region < 4; region++) {
        table.append(0, logRow(region, "a", region), logRow(10 + region, "b", region));
      }
      SqlSupport batch = SqlSupport.batch(table).declare(LOG_COLUMNS);
      String query = "SELECT id FROM t WHERE dt = 'a' AND region BETWEEN 1 AND 2 AND id >= 2";

      // When
      List<Row> rows = batch.rows(query);

      // Then
      assertThat(rows).containsExactly(Row.of(2L));
      assertThat(batch.sql().explainSql(query)).contains("filter=[and(").contains("dt, ");
      assertThat(bytesOut(table, "a", 1)).isPositive();
      assertThat(bytesOut(table, "a", 2)).isPositive();
      for (String excluded : List.of("a.0", "a.3", "b.0", "b.1", "b.2", "b.3")) {
        assertThat(BrokerMetrics.bytesOut(table.table().topic() + "." + excluded))
            .as(excluded)
            .isZero();
      }
    }
  }

  @Test
  void aStreamingQueryFetchesWhatItsFilterWantsOnly() throws Exception {
    try (PartitionedTableFixture table = logTable()) {
      // Given
      table.append(0, logRow(1, "a", 1), logRow(2, "b", 1), logRow(3, "b", 2));
      SqlSupport streaming =
          SqlSupport.streaming(table)
              .declare(LOG_COLUMNS, "scan.partition.discovery.interval", "200 ms");

      // When
      List<Row> rows = streaming.firstRows(2, "SELECT id FROM t WHERE dt IN ('b', 'c')");

      // Then
      assertThat(rows).containsExactlyInAnyOrder(Row.of(2L), Row.of(3L));
      assertThat(bytesOut(table, "a", 1)).isZero();
    }
  }

  @Test
  void filtersOnKeysOfManyTypesGiveTheRowsThatMatch() throws Exception {
    try (PartitionedTableFixture table =
        PartitionedTableFixture.create(
            SharedKafka.kafka(),
            TableDescriptor.builder()
                .column("id", new BigIntType())
                .column("d", new DateType(false))
                .column("n", new DecimalType(false, 10, 2))
                .column("ok", new BooleanType(false))
                .column("ts", new TimestampType(false, 6))
                .column("bin", new VarBinaryType(false, VarBinaryType.MAX_LENGTH))
                .partitionKeys(List.of("d", "n", "ok", "ts", "bin"))
                .buckets(1)
                .build())) {
      // Given
      List<RowData> rows = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        rows.add(
            GenericRowData.of(
                (long) i,
                (int) LocalDate.of(2025, 6, 1 + i % 3).toEpochDay(),
                DecimalData.fromBigDecimal(
                    new BigDecimal("1.50").multiply(new BigDecimal(i)), 10, 2),
                i % 2 == 0,
                TimestampData.fromLocalDateTime(LocalDateTime.of(2025, 1, 1, i, 0, 0, 1000 * i)),
                new byte[] {(byte) (i * 20)}));
      }
      table.append(0, rows.toArray(RowData[]::new));
      SqlSupport batch =
          SqlSupport.batch(table)
              .declare(
                  "id BIGINT, d DATE NOT NULL, n DECIMAL(10, 2) NOT NULL, ok BOOLEAN NOT NULL,"
                      + " ts TIMESTAMP(6) NOT NULL, bin BYTES NOT NULL");

      // Then
      assertThat(ids(batch, "d = DATE '2025-06-02'")).containsExactly(1L, 4L, 7L, 10L);
      assertThat(ids(batch, "n > 12")).containsExactly(9L, 10L, 11L);
      assertThat(ids(batch, "n = 3.000 OR n = 4.5")).containsExactly(2L, 3L);
      assertThat(ids(batch, "NOT ok AND id < 4")).containsExactly(1L, 3L);
      assertThat(ids(batch, "ts <= TIMESTAMP '2025-01-01 02:00:00.000002'"))
          .containsExactly(0L, 1L, 2L);
      assertThat(ids(batch, "ts < TIMESTAMP '2025-01-01 02:00:00.000002'")).containsExactly(0L, 1L);
      assertThat(ids(batch, "bin = X'28'")).containsExactly(2L);
      assertThat(ids(batch, "d >= DATE '2025-06-02' AND (ok OR n < 2)"))
          .containsExactly(1L, 2L, 4L, 8L, 10L);
    }
  }

  @Test
  void primaryKeyTablesAreFoldedPartitionByPartition() throws Exception {
    try (PartitionedTableFixture table = keyedTable()) {
      // Given
      table.upsert(keyed("a", 1, 1), keyed("a", 2, 2), keyed("b", 1, 3), keyed("b", 2, 4));
      table.upsert(keyed("a", 1, 10), keyed("b", 3, 5));
      table.delete(keyed("b", 1, 0));
      SqlSupport batch = SqlSupport.batch(table).declare(KEYED_COLUMNS);

      // Then
      assertThat(batch.rows("SELECT * FROM t"))
          .containsExactlyInAnyOrder(
              Row.of("a", 1L, 10L), Row.of("a", 2L, 2L), Row.of("b", 2L, 4L), Row.of("b", 3L, 5L));
      assertThat(batch.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(4L));
      assertThat(batch.rows("SELECT id FROM t WHERE dt = 'b'"))
          .containsExactlyInAnyOrder(Row.of(2L), Row.of(3L));
    }
  }

  @Test
  void aPointQueryReadsOneBucketOfOnePartition() throws Exception {
    try (PartitionedTableFixture table = keyedTable()) {
      // Given: a row of each bucket in each partition
      for (String dt : List.of("a", "b", "c")) {
        for (long id = 0; id < 40; id++) {
          table.upsert(keyed(dt, id, id));
        }
      }
      SqlSupport batch = SqlSupport.batch(table).declare(KEYED_COLUMNS);
      long all = bytesOfWholeRead(table, batch, "c");

      // When
      List<Row> rows = batch.rows("SELECT v FROM t WHERE dt = 'a' AND id = 7");

      // Then
      assertThat(rows).containsExactly(Row.of(7L));
      assertThat(bytesOut(table, "a")).isBetween(1L, all * 2 / 3);
      assertThat(bytesOut(table, "b")).isZero();
    }
  }

  private static long bytesOfWholeRead(PartitionedTableFixture table, SqlSupport batch, String dt)
      throws Exception {
    assertThat(batch.rows("SELECT v FROM t WHERE dt = '" + dt + "'")).hasSize(40);
    return bytesOut(table, dt);
  }

  @Test
  void streamsChangesByKey() throws Exception {
    try (PartitionedTableFixture table = keyedTable()) {
      // Given
      table.upsert(keyed("a", 1, 1), keyed("b", 1, 2));
      table.upsert(keyed("a", 1, 3));
      table.delete(keyed("b", 1, 0));
      SqlSupport streaming =
          SqlSupport.streaming(table).declare(KEYED_COLUMNS, "scan.bounded.mode", "latest");

      // When
      List<Row> changes = streaming.rows("SELECT dt, id, v FROM t");

      // Then
      assertThat(Changelog.stateOf(changes)).containsExactly(Row.of("a", 1L, 3L));
    }
  }

  @Test
  void streamsTheFoldOfAMergeEngine() throws Exception {
    try (PartitionedTableFixture table = keyedTable("table.merge-engine", "first_row")) {
      // Given
      table.upsert(keyed("a", 1, 1), keyed("b", 1, 2));
      table.upsert(keyed("a", 1, 3), keyed("b", 2, 4));
      SqlSupport streaming =
          SqlSupport.streaming(table).declare(KEYED_COLUMNS, "scan.bounded.mode", "latest");

      // Then
      assertThat(streaming.rows("SELECT dt, id, v FROM t"))
          .containsExactlyInAnyOrder(Row.of("a", 1L, 1L), Row.of("b", 1L, 2L), Row.of("b", 2L, 4L));
    }
  }

  @Test
  void showsTheChangelogOfWantedPartitions() throws Exception {
    try (PartitionedTableFixture table = keyedTable()) {
      // Given
      table.upsert(keyed("a", 1, 1), keyed("b", 1, 2));
      table.upsert(keyed("a", 1, 3));
      SqlSupport batch =
          SqlSupport.batch(table)
              .declareAs(
                  "`t$changelog`",
                  "_change_type STRING NOT NULL, _log_offset BIGINT NOT NULL,"
                      + " _commit_timestamp TIMESTAMP_LTZ(3) NOT NULL,"
                      + " dt STRING NOT NULL, id BIGINT NOT NULL, v BIGINT");
      String query = "SELECT _change_type, dt, v FROM `t$changelog` WHERE dt = 'a'";

      // When
      List<Row> changes = batch.rows(query);

      // Then
      assertThat(changes)
          .containsExactly(
              Row.of("insert", "a", 1L),
              Row.of("update_before", "a", 1L),
              Row.of("update_after", "a", 3L));
      assertThat(batch.sql().explainSql(query)).contains("filter=[");
      assertThat(bytesOut(table, "b")).isZero();
    }
  }

  @Test
  void readersWithoutAPartitionHoldNoWatermarkBack() throws Exception {
    try (PartitionedTableFixture table =
        PartitionedTableFixture.create(
            SharedKafka.kafka(),
            TableDescriptor.builder()
                .column("ts", new TimestampType(3))
                .column("dt", STRING)
                .partitionKeys(List.of("dt"))
                .buckets(1)
                .build())) {
      // Given: one bucket, and two readers
      for (int minute = 0; minute < 3; minute++) {
        LocalDateTime time = LocalDateTime.of(2025, 1, 1, 0, minute);
        table.append(
            0,
            GenericRowData.of(TimestampData.fromLocalDateTime(time), StringData.fromString("a")));
      }
      SqlSupport streaming =
          SqlSupport.streaming(table)
              .declare("ts TIMESTAMP(3), dt STRING NOT NULL, WATERMARK FOR ts AS ts");

      // When
      List<Row> windows =
          streaming.firstRows(
              2,
              "SELECT window_end, COUNT(*) FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)"
                  + " GROUP BY window_start, window_end");

      // Then
      assertThat(windows)
          .containsExactly(
              Row.of(LocalDateTime.of(2025, 1, 1, 0, 1), 1L),
              Row.of(LocalDateTime.of(2025, 1, 1, 0, 2), 1L));
    }
  }

  private static List<Long> ids(SqlSupport batch, String condition) throws Exception {
    String query = "SELECT id FROM t WHERE " + condition;
    assertThat(batch.sql().explainSql(query))
        .as(condition)
        .contains("filter=[")
        .doesNotContain("filter=[]");
    return batch.rows(query).stream().map(r -> (Long) r.getField(0)).sorted().toList();
  }

  private static long bytesOut(PartitionedTableFixture table, Object... values) {
    StringBuilder topic = new StringBuilder(table.table().topic());
    for (Object value : values) {
      topic.append('.').append(value);
    }
    return BrokerMetrics.bytesOut(topic.toString());
  }

  private static GenericRowData logRow(long id, String dt, int region) {
    return GenericRowData.of(id, StringData.fromString(dt), region);
  }

  private static GenericRowData keyed(String dt, long id, long v) {
    return GenericRowData.of(StringData.fromString(dt), id, v);
  }
}
