package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a SELECT over a primary-key table that keeps the last row answers, and how it is planned.
 */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class KeyedTableSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String COLUMNS =
      "id BIGINT NOT NULL, name STRING, amount INT,"
          + " place ROW<city STRING, geo ROW<lat DOUBLE, lon DOUBLE>>,"
          + " PRIMARY KEY (id) NOT ENFORCED";

  private static final String METADATA =
      COLUMNS
          + ", o BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL"
          + ", i INT NOT NULL METADATA FROM 'row-index' VIRTUAL"
          + ", bucket INT NOT NULL METADATA VIRTUAL"
          + ", `partition` STRING METADATA VIRTUAL"
          + ", stored TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp' VIRTUAL";

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("name", DataTypes.STRING()),
                  DataTypes.FIELD("amount", DataTypes.INT()),
                  DataTypes.FIELD(
                      "place",
                      DataTypes.ROW(
                          DataTypes.FIELD("city", DataTypes.STRING()),
                          DataTypes.FIELD(
                              "geo",
                              DataTypes.ROW(
                                  DataTypes.FIELD("lat", DataTypes.DOUBLE()),
                                  DataTypes.FIELD("lon", DataTypes.DOUBLE()))))))
              .notNull()
              .getLogicalType();

  private final KeyedTableFixture table =
      KeyedTableFixture.create(
          SharedKafka.kafka(), "t", Descriptors.of(TYPE, "id").buckets(3).build());

  @AfterEach
  void close() {
    table.close();
  }

  // ------------------------------------------------------------------------------------ streaming

  @Test
  void streamingAggregatesWhatIsThereNow() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(2, "b", 2), row(3, "a", 3));
    table.delete(row(2, "b", 2));
    table.upsert(row(3, "b", 30), row(4, "a", 4));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS, "scan.bounded.mode", "latest");

    // When
    List<Row> changes = sql.rows("SELECT name, COUNT(*), SUM(amount) FROM t GROUP BY name");

    // Then
    assertThat(Changelog.stateOf(changes))
        .containsExactlyInAnyOrder(Row.of("a", 2L, 5), Row.of("b", 1L, 30));
  }

  @Test
  void streamingShowsEachChangeByKey() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(1, "b", 1));
    table.delete(row(1, "b", 1));
    table.upsert(row(1, "c", 3));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS, "scan.bounded.mode", "latest");

    // When
    List<Row> changes = sql.rows("SELECT id, name, place.city FROM t");

    // Then: the planner finds out what each change replaces
    assertThat(changes)
        .containsExactly(
            Row.ofKind(RowKind.INSERT, 1L, "a", "city 1"),
            Row.ofKind(RowKind.UPDATE_BEFORE, 1L, "a", "city 1"),
            Row.ofKind(RowKind.UPDATE_AFTER, 1L, "b", "city 1"),
            Row.ofKind(RowKind.DELETE, 1L, "b", "city 1"),
            Row.ofKind(RowKind.INSERT, 1L, "c", "city 1"));
  }

  @Test
  void streamingGoesOnWithWhatIsWrittenLater() throws Exception {
    // Given
    table.upsert(row(1, "a", 1));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);

    // When
    try (var result = sql.sql().executeSql("SELECT id, amount FROM t").collect()) {
      assertThat(result.next()).isEqualTo(Row.of(1L, 1));
      table.upsert(row(1, "a", 2));

      // Then
      assertThat(result.next()).isEqualTo(Row.ofKind(RowKind.UPDATE_BEFORE, 1L, 1));
      assertThat(result.next()).isEqualTo(Row.ofKind(RowKind.UPDATE_AFTER, 1L, 2));
    }
  }

  @Test
  void aSinkOfTheSameKeyNeedsNoState() {
    // Given
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);
    sql.sql()
        .executeSql(
            "CREATE TEMPORARY TABLE upserts (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT"
                + " ENFORCED) WITH ('connector' = 'upserts-test')");

    // When
    String plan = sql.sql().explainSql("INSERT INTO upserts SELECT id, name FROM t");

    // Then
    assertThat(plan).contains("TableSourceScan").doesNotContain("ChangelogNormalize");
  }

  @Test
  void latestBeginsWithTheNextChange() throws Exception {
    // Given
    table.upsert(row(1, "a", 1));

    // Then
    assertThat(
            SqlSupport.streaming(table)
                .declare(COLUMNS, "scan.startup.mode", "latest", "scan.bounded.mode", "latest")
                .rows("SELECT id FROM t"))
        .isEmpty();
  }

  @Test
  void aTimeBeginsWithTheChangesSince() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(2, "a", 2));
    long time = SqlSupport.millisAfterNow();
    table.upsert(row(2, "b", 3), row(3, "c", 4));
    String[] options = {
      "scan.startup.mode", "timestamp", "scan.startup.timestamp", String.valueOf(time)
    };

    // Then
    assertThat(SqlSupport.batch(table).declare(COLUMNS, options).rows("SELECT id, name FROM t"))
        .containsExactlyInAnyOrder(Row.of(2L, "b"), Row.of(3L, "c"));
    assertThat(
            SqlSupport.batch(table)
                .declare(
                    COLUMNS,
                    "scan.bounded.mode",
                    "timestamp",
                    "scan.bounded.timestamp",
                    String.valueOf(time))
                .rows("SELECT id, name FROM t"))
        .containsExactlyInAnyOrder(Row.of(1L, "a"), Row.of(2L, "a"));
  }

  @Test
  void aPartialUpdateOfAPlainTableIsALoudError() {
    // Given: the query knows the table as it was before
    table.upsert(row(1, "a", 1));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);
    int set = table.registerColumnSet("amount");
    table.update(set, row(1, "a", 2));

    // Then
    assertThatThrownBy(() -> sql.firstRows(3, "SELECT id FROM t"))
        .rootCause()
        .hasMessageContaining("Start the query again");
  }

  @Test
  void aRecordOfADroppedTableIsALoudError() {
    // Given
    table.upsertToDroppedTable(row(1, "a", 1));

    // Then
    for (SqlSupport sql : List.of(SqlSupport.batch(table), SqlSupport.streaming(table))) {
      assertThatThrownBy(() -> sql.declare(COLUMNS).firstRows(1, "SELECT id FROM t"))
          .rootCause()
          .hasMessageContaining("The record at offset 0 in bucket")
          .hasMessageContaining("was written to another table of this name");
    }
  }

  @Test
  void aLookupJoinReadsFieldsOfRowColumns() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(2, "b", 2));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);
    sql.sql()
        .executeSql(
            "CREATE TEMPORARY VIEW o AS SELECT *, PROCTIME() AS proc FROM (VALUES (CAST(2 AS"
                + " BIGINT))) AS v(id)");

    // Then
    assertThat(
            sql.rows(
                "SELECT o.id, t.place.geo.lon FROM o JOIN t FOR SYSTEM_TIME AS OF o.proc ON t.id ="
                    + " o.id WHERE t.name = 'b'"))
        .containsExactly(Row.of(2L, 2.25));
  }

  // --------------------------------------------------------------------------------------- batch

  @Test
  void batchReadsTheRowsThatAreThere() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(2, "b", 2), row(3, "c", 3));
    table.delete(row(2, "b", 2));
    table.upsert(row(3, "d", 30));
    table.upsertAndAbort(row(9, "z", 9));

    // Then
    assertThat(SqlSupport.batch(table).declare(COLUMNS).rows("SELECT * FROM t"))
        .containsExactlyInAnyOrder(expected(1, "a", 1), expected(3, "d", 30));
  }

  @Test
  void batchReadsMoreThanFitsIntoMemory() throws Exception {
    // Given: 6000 rows, every third deleted, every other replaced, in 16 KiB
    table.upsert(LongStream.range(0, 6_000).mapToObj(i -> row(i, "old", 0)).toList());
    IntStream.range(0, 2_000).forEach(i -> table.delete(row(3L * i, "", 0)));
    table.upsert(
        LongStream.range(0, 6_000)
            .filter(i -> i % 3 == 1)
            .mapToObj(i -> row(i, "new", 1))
            .toList());
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS, "scan.fold.memory-size", "16 kb");

    // Then
    assertThat(sql.rows("SELECT name, amount, COUNT(*), SUM(id) FROM t GROUP BY name, amount"))
        .containsExactlyInAnyOrder(
            Row.of("new", 1, 2_000L, sum(1)), Row.of("old", 0, 2_000L, sum(2)));
    assertThat(sql.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(4_000L));
    assertThat(sql.rows("SELECT id, place.geo.lon FROM t WHERE id = 4001"))
        .containsExactly(Row.of(4001L, 4001.25));
  }

  private static long sum(int remainder) {
    return LongStream.range(0, 6_000).filter(i -> i % 3 == remainder).sum();
  }

  @Test
  void anEmptyTableHasNoRows() throws Exception {
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);
    assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    assertThat(sql.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(0L));
  }

  @Test
  void columnsAndNestedFieldsArePruned() throws Exception {
    // Given
    table.upsert(row(7, "a", 1), GenericRowData.of(8L, null, null, null));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);
    String query = "SELECT place.geo.lon, id, place.city FROM t";

    // Then
    assertThat(sql.sql().explainSql(query)).contains("project=[place_geo_lon, place_city, id]");
    assertThat(sql.rows(query))
        .containsExactlyInAnyOrder(Row.of(7.25, 7L, "city 7"), Row.of(null, 8L, null));
  }

  @Test
  void limitIsPushedAndExact() throws Exception {
    // Given
    table.upsert(LongStream.range(0, 100).mapToObj(i -> row(i, "a", 1)).toList());
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // Then
    assertThat(sql.sql().explainSql("SELECT id FROM t LIMIT 7")).contains("limit=[7]");
    assertThat(sql.rows("SELECT id FROM t LIMIT 7")).hasSize(7);
    assertThat(sql.rows("SELECT id FROM t LIMIT 7 OFFSET 95")).hasSize(5);
    assertThat(sql.rows("SELECT id FROM t LIMIT 0")).isEmpty();
  }

  @Test
  void countsLookAtNoValue() throws Exception {
    // Given: a value that cannot be read
    table.upsert(row(1, "a", 1), row(2, "b", 2), row(2, "c", 3));
    table.delete(row(1, "a", 1));
    table.writeDamaged(row(3, "d", 4));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // Then
    assertThat(sql.sql().explainSql("SELECT COUNT(*) FROM t")).contains("aggregates=[");
    assertThat(sql.rows("SELECT COUNT(*), COUNT(id) FROM t")).containsExactly(Row.of(2L, 2L));
  }

  @Test
  void aDamagedValueIsNamed() {
    table.writeDamaged(row(3, "d", 4));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);
    assertThatThrownBy(() -> sql.firstRows(1, "SELECT id, name FROM t"))
        .rootCause()
        .hasMessageContaining("Cannot read row");
  }

  @Test
  void metadataTellsWhereARowCameFrom() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(1, "b", 2), row(1, "c", 3));
    int bucket = table.bucket(row(1, "a", 1));
    String query =
        "SELECT id, name, o, i, bucket, `partition`, stored > TIMESTAMP '2020-01-01 00:00:00' FROM t";

    // Then
    assertThat(SqlSupport.batch(table).declare(METADATA).rows(query))
        .containsExactly(Row.of(1L, "c", 2L, 0, bucket, null, true));
    assertThat(
            Changelog.stateOf(
                SqlSupport.streaming(table)
                    .declare(METADATA, "scan.bounded.mode", "latest")
                    .rows(query)))
        .containsExactly(Row.of(1L, "c", 2L, 0, bucket, null, true));
    assertThat(SqlSupport.batch(table).declare(METADATA).rows("SELECT bucket FROM t"))
        .containsExactly(Row.of(bucket));
  }

  @Test
  void aTableThatIgnoresDeletesHasNoneInItsChangelog() throws Exception {
    try (KeyedTableFixture appended =
        KeyedTableFixture.create(
            SharedKafka.kafka(),
            "t",
            Descriptors.of(TYPE, "id").option("table.delete.behavior", "ignore").build())) {
      // Given
      appended.upsert(row(1, "a", 1), row(1, "b", 2));
      SqlSupport sql =
          SqlSupport.streaming(appended).declare(COLUMNS, "scan.bounded.mode", "latest");

      // Then
      assertThat(sql.sql().explainSql("SELECT id FROM t", ExplainDetail.CHANGELOG_MODE))
          .contains("changelogMode=[I,UA]");
      assertThat(Changelog.stateOf(sql.rows("SELECT id, name FROM t")))
          .containsExactly(Row.of(1L, "b"));
    }
  }

  static RowData row(long id, String name, int amount) {
    return GenericRowData.of(
        id,
        StringData.fromString(name),
        amount,
        GenericRowData.of(StringData.fromString("city " + id), GenericRowData.of(-1.0, id + 0.25)));
  }

  private static Row expected(long id, String name, int amount) {
    return Row.of(id, name, amount, Row.of("city " + id, Row.of(-1.0, id + 0.25)));
  }
}
