package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a SELECT over a log table answers, and how it is planned. */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class LogTableSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String COLUMNS =
      "id BIGINT NOT NULL, name STRING, happened TIMESTAMP(3),"
          + " place ROW<city STRING, geo ROW<lat DOUBLE, lon DOUBLE>>, tags ARRAY<STRING>";

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("name", DataTypes.STRING()),
                  DataTypes.FIELD("happened", DataTypes.TIMESTAMP(3)),
                  DataTypes.FIELD(
                      "place",
                      DataTypes.ROW(
                          DataTypes.FIELD("city", DataTypes.STRING()),
                          DataTypes.FIELD(
                              "geo",
                              DataTypes.ROW(
                                  DataTypes.FIELD("lat", DataTypes.DOUBLE()),
                                  DataTypes.FIELD("lon", DataTypes.DOUBLE()))))),
                  DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())))
              .notNull()
              .getLogicalType();

  private final LogTableFixture table =
      LogTableFixture.create(SharedKafka.kafka(), SharedKafka.uniqueDatabase(), TYPE, 3);

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void batchReadsAllThatIsThereAndEnds() throws Exception {
    // Given: bucket 2 stays empty
    table.write(0, rows(0, 3));
    table.write(1, rows(3, 5));
    table.writeAborted(1, rows(50, 60));

    // When
    List<Row> result = SqlSupport.batch(table).declare(COLUMNS).rows("SELECT * FROM t");

    // Then
    assertThat(result)
        .containsExactlyInAnyOrder(expected(0), expected(1), expected(2), expected(3), expected(4));
  }

  @Test
  void streamingGoesOnWithWhatIsWrittenLater() throws Exception {
    // Given
    table.write(0, rows(0, 2));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);

    // When
    try (var result = sql.sql().executeSql("SELECT id FROM t").collect()) {
      assertThat(List.of(result.next().getField(0), result.next().getField(0)))
          .containsExactly(0L, 1L);
      table.write(2, rows(2, 3));

      // Then
      assertThat(result.next().getField(0)).isEqualTo(2L);
    }
  }

  @Test
  void startsAndStopsAtTimes() throws Exception {
    // Given
    table.writeAt(0, 1_000L, List.of(rows(0, 1)));
    table.writeAt(0, 2_000L, List.of(rows(1, 2)));
    table.writeAt(0, 3_000L, List.of(rows(2, 3)));
    SqlSupport sql =
        SqlSupport.batch(table)
            .declare(
                COLUMNS,
                "scan.startup.mode",
                "timestamp",
                "scan.startup.timestamp",
                "1500",
                "scan.bounded.mode",
                "timestamp",
                "scan.bounded.timestamp",
                "3000");

    // Then
    assertThat(sql.rows("SELECT id FROM t")).containsExactly(Row.of(1L));
    assertThat(
            sql.rows(
                "SELECT id FROM t /*+ OPTIONS('scan.startup.mode'='earliest','scan.bounded.mode'='latest') */"))
        .containsExactlyInAnyOrder(Row.of(0L), Row.of(1L), Row.of(2L));
  }

  @Test
  void latestSkipsWhatIsThere() throws Exception {
    table.write(0, rows(0, 3));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS, "scan.startup.mode", "latest");
    assertThat(sql.rows("SELECT id FROM t")).isEmpty();
  }

  @Test
  void columnsAndNestedFieldsArePruned() throws Exception {
    // Given
    table.write(0, rows(7, 8));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);
    String query = "SELECT place.geo.lon, id, place.city FROM t";

    // Then
    assertThat(sql.sql().explainSql(query)).contains("project=[place_geo_lon, place_city, id]");
    assertThat(sql.rows(query)).containsExactly(Row.of(7.25, 7L, "city 7"));
  }

  @Test
  void metadataTellsWhereARowCameFrom() throws Exception {
    // Given
    table.writeAt(2, 5_000L, List.of(rows(0, 1)));
    table.writeAt(2, 6_000L, List.of(rows(1, 3)));
    String metadata =
        ", o BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL"
            + ", `row-index` INT NOT NULL METADATA VIRTUAL"
            + ", `timestamp` TIMESTAMP_LTZ(3) NOT NULL METADATA VIRTUAL"
            + ", bucket INT NOT NULL METADATA VIRTUAL"
            + ", `partition` STRING METADATA VIRTUAL";
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS + metadata);

    // Then
    assertThat(sql.rows("SELECT id, o, `row-index`, `timestamp`, bucket, `partition`, name FROM t"))
        .containsExactly(
            Row.of(0L, 0L, 0, Instant.ofEpochMilli(5_000), 2, null, "name 0"),
            Row.of(1L, 1L, 0, Instant.ofEpochMilli(6_000), 2, null, "name 1"),
            Row.of(2L, 1L, 1, Instant.ofEpochMilli(6_000), 2, null, "name 2"));
    assertThat(sql.rows("SELECT DISTINCT bucket FROM t")).containsExactly(Row.of(2));
    assertThat(sql.sql().explainSql("SELECT o FROM t")).contains("metadata=[offset]");
  }

  @Test
  void limitIsPushedAndExact() throws Exception {
    // Given
    table.write(0, rows(0, 100));
    table.write(1, rows(100, 200));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // Then
    assertThat(sql.sql().explainSql("SELECT id FROM t LIMIT 7")).contains("limit=[7]");
    assertThat(sql.rows("SELECT id FROM t LIMIT 7")).hasSize(7);
    assertThat(sql.rows("SELECT id FROM t LIMIT 7 OFFSET 195")).hasSize(5);
    assertThat(sql.rows("SELECT id FROM t LIMIT 0")).isEmpty();
  }

  @Test
  void countsAreAnsweredFromHeaders() throws Exception {
    // Given: a body that cannot be decoded
    table.write(0, rows(0, 4));
    table.writeDamaged(1, 38);
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // Then
    assertThat(sql.sql().explainSql("SELECT COUNT(*) FROM t")).contains("aggregates=[");
    assertThat(sql.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(42L));
    assertThat(sql.rows("SELECT COUNT(1), COUNT(id) FROM t")).containsExactly(Row.of(42L, 42L));
  }

  @Test
  void countsThatDependOnRowsReadThem() throws Exception {
    // Given
    table.write(0, rows(0, 4));
    table.write(0, GenericRowData.of(9L, null, null, null, null));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // Then
    assertThat(sql.rows("SELECT COUNT(name) FROM t")).containsExactly(Row.of(4L));
    assertThat(sql.rows("SELECT COUNT(*) FROM t WHERE id > 1")).containsExactly(Row.of(3L));
    assertThat(sql.rows("SELECT COUNT(*) FILTER (WHERE id > 1) FROM t"))
        .containsExactly(Row.of(3L));
    assertThat(sql.rows("SELECT COUNT(DISTINCT id), COUNT(*) FROM t"))
        .containsExactly(Row.of(5L, 5L));
  }

  @Test
  void countOfAnEmptyTableIsZero() throws Exception {
    assertThat(SqlSupport.batch(table).declare(COLUMNS).rows("SELECT COUNT(*) FROM t"))
        .containsExactly(Row.of(0L));
  }

  @Test
  void rowsOfWhichOnlyMetadataIsWantedAreNotDecoded() throws Exception {
    // Given: a body that cannot be decoded
    table.write(1, rows(0, 2));
    table.writeDamaged(1, 1);
    SqlSupport sql =
        SqlSupport.streaming(table)
            .declare(COLUMNS + ", bucket INT NOT NULL METADATA", "scan.bounded.mode", "latest");

    // Then
    assertThat(sql.sql().explainSql("SELECT bucket FROM t"))
        .contains("project=[], metadata=[bucket]");
    assertThat(sql.rows("SELECT bucket FROM t")).containsOnly(Row.of(1)).hasSize(3);
  }

  @Test
  void watermarksAreMadePerBucket() throws Exception {
    // Given: bucket 0 is hours ahead of bucket 1, and one reader reads both
    for (long i = 0; i < 4; i++) {
      table.write(0, row(i, LocalDateTime.of(2025, 1, 1, 10, 0).plusHours(i)));
    }
    table.write(1, row(10, LocalDateTime.of(2025, 1, 1, 10, 1)));
    table.write(1, row(11, LocalDateTime.of(2025, 1, 1, 11, 1)));
    SqlSupport sql =
        SqlSupport.streaming(table)
            .declare(
                COLUMNS + ", WATERMARK FOR happened AS happened",
                "scan.bounded.mode",
                "latest",
                "scan.parallelism",
                "1",
                "scan.watermark.emit.strategy",
                "on-event");
    String query =
        "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(happened), INTERVAL '1' HOUR))"
            + " GROUP BY window_start, window_end";

    // When
    List<Row> windows = sql.rows(query);

    // Then: no row was late
    assertThat(sql.sql().explainSql(query)).contains("watermark=[happened");
    assertThat(windows)
        .containsExactlyInAnyOrder(
            Row.of(LocalDateTime.of(2025, 1, 1, 10, 0), 2L),
            Row.of(LocalDateTime.of(2025, 1, 1, 11, 0), 2L),
            Row.of(LocalDateTime.of(2025, 1, 1, 12, 0), 1L),
            Row.of(LocalDateTime.of(2025, 1, 1, 13, 0), 1L));
  }

  @Test
  void idleBucketsHoldNoWatermarkBack() throws Exception {
    // Given: buckets 1 and 2 are empty
    table.write(0, row(0, LocalDateTime.of(2025, 1, 1, 10, 0)));
    table.write(0, row(1, LocalDateTime.of(2025, 1, 1, 11, 30)));
    SqlSupport sql =
        SqlSupport.streaming(table).declare(COLUMNS + ", WATERMARK FOR happened AS happened");
    sql.sql().getConfig().set("table.exec.source.idle-timeout", "100 ms");

    // When
    List<Row> windows =
        sql.firstRows(
            1,
            "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(happened), INTERVAL '1' HOUR))"
                + " GROUP BY window_start, window_end");

    // Then
    assertThat(windows).containsExactly(Row.of(LocalDateTime.of(2025, 1, 1, 10, 0), 1L));
  }

  @Test
  void alignedReadsCompleteWithBucketsFarApart() throws Exception {
    // Given
    for (long i = 0; i < 3; i++) {
      table.write(0, row(i, LocalDateTime.of(2025, 1, 1, 10, 0).plusHours(i)));
      table.write(1, row(10 + i, LocalDateTime.of(2024, 1, 1, 10, 0).plusHours(i)));
    }
    SqlSupport sql =
        SqlSupport.streaming(table)
            .declare(
                COLUMNS + ", WATERMARK FOR happened AS happened",
                "scan.bounded.mode",
                "latest",
                "scan.watermark.alignment.group",
                "g",
                "scan.watermark.alignment.max-drift",
                "1 min",
                "scan.watermark.alignment.update-interval",
                "50 ms");

    // Then
    assertThat(sql.rows("SELECT id FROM t")).hasSize(6);
  }

  @Test
  void aSourceWithoutItsTableRecordIsRefused() {
    SqlSupport sql = SqlSupport.batch(table);
    sql.sql()
        .executeSql(
            "CREATE TEMPORARY TABLE t (id BIGINT) WITH ('connector'='fluss', 'bootstrap.servers'='x:1')");
    assertThatThrownBy(() -> sql.rows("SELECT * FROM t"))
        .rootCause()
        .hasMessageContaining("was not created in a Fluss catalog");
  }

  @Test
  void optionProblemsAreReportedTogether() {
    SqlSupport sql =
        SqlSupport.batch(table)
            .declare(COLUMNS, "scan.startup.mode", "timestamp", "scan.boundedd.mode", "x");
    assertThatThrownBy(() -> sql.rows("SELECT * FROM t"))
        .rootCause()
        .hasMessageContaining("needs 'scan.startup.timestamp'")
        .hasMessageContaining("'scan.boundedd.mode' is not an option");
  }

  @Test
  void columnsThatChangedSinceArePlannedAgain() {
    SqlSupport sql = SqlSupport.batch(table).declare("id BIGINT NOT NULL, name INT");
    assertThatThrownBy(() -> sql.rows("SELECT * FROM t"))
        .rootCause()
        .hasMessageContaining("The columns of table")
        .hasMessageContaining("Plan the query again");
  }

  private static RowData[] rows(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(i -> row(i, LocalDateTime.of(2025, 1, 1, 0, 0).plusSeconds(i)))
        .toArray(RowData[]::new);
  }

  private static RowData row(long i, LocalDateTime at) {
    return GenericRowData.of(
        i,
        StringData.fromString("name " + i),
        TimestampData.fromLocalDateTime(at),
        GenericRowData.of(StringData.fromString("city " + i), GenericRowData.of(-1.0, i + 0.25)),
        new GenericArrayData(new Object[] {StringData.fromString("tag " + i), null}));
  }

  private static Row expected(long i) {
    return Row.of(
        i,
        "name " + i,
        LocalDateTime.of(2025, 1, 1, 0, 0).plusSeconds(i),
        Row.of("city " + i, Row.of(-1.0, i + 0.25)),
        new String[] {"tag " + i, null});
  }
}
