package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lake and log of a log table, read as one. */
class UnionReadSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String COLUMNS =
      "id BIGINT NOT NULL, name STRING, place ROW<city STRING, zip INT>";

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("name", DataTypes.STRING()),
                  DataTypes.FIELD(
                      "place",
                      DataTypes.ROW(
                          DataTypes.FIELD("city", DataTypes.STRING()),
                          DataTypes.FIELD("zip", DataTypes.INT()))))
              .notNull()
              .getLogicalType();

  private final LogTableFixture table =
      LogTableFixture.create(
          SharedKafka.kafka(),
          SharedKafka.uniqueDatabase(),
          TYPE,
          2,
          Map.of("table.datalake.enabled", "true", "table.datalake.format", "memory"));

  private final LakeContent lake = new LakeContent(table.table());

  @AfterEach
  void close() {
    lake.close();
    table.close();
  }

  @Test
  void rowsOfLakeAndLogAreOneTable() throws Exception {
    // Given
    givenTenRowsInTheLakeAndFourBehind();

    // Then
    assertThat(batch().rows("SELECT id, name FROM t"))
        .containsExactlyInAnyOrder(union(lakeRows("lake", 0, 10), lakeRows("log", 10, 14)));
    assertThat(batch().rows("SELECT COUNT(*), SUM(id), MAX(name) FROM t"))
        .containsExactly(Row.of(14L, 91L, "log 13"));
    assertThat(batch().rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(14L));
    assertThat(batch().rows("SELECT place.zip, id FROM t WHERE id IN (3, 12)"))
        .containsExactlyInAnyOrder(Row.of(103, 3L), Row.of(112, 12L));
    assertThat(batch().rows("SELECT id FROM t LIMIT 3")).hasSize(3);
    assertThat(batch().rows("SELECT id FROM t LIMIT 13")).hasSize(13);
    assertThat(batch().rows("SELECT id FROM t LIMIT 20")).hasSize(14);
  }

  /** Even ids are in bucket 0; the log still has what the lake has, under other names. */
  private void givenTenRowsInTheLakeAndFourBehind() {
    for (int i = 0; i < 10; i++) {
      table.write(i % 2, row(i, "old"));
    }
    lake.append(null, 0, 0, rows("lake", 0, 2, 4, 6, 8))
        .append(null, 1, 0, rows("lake", 1, 3, 5, 7, 9))
        .commit(5L, 5L);
    for (int i = 10; i < 14; i++) {
      table.write(i % 2, row(i, "log"));
    }
  }

  @Test
  void aStreamingReadBeginsWithTheLakeAndGoesOn() throws Exception {
    // Given
    givenTenRowsInTheLakeAndFourBehind();

    // When
    List<Row> rows = streaming().firstRows(14, "SELECT id, name FROM t");

    // Then: in each bucket the lake comes first
    assertThat(ofBucket(rows, 0))
        .containsExactly(
            names("lake 0", "lake 2", "lake 4", "lake 6", "lake 8", "log 10", "log 12"));
    assertThat(ofBucket(rows, 1))
        .containsExactly(
            names("lake 1", "lake 3", "lake 5", "lake 7", "lake 9", "log 11", "log 13"));
    assertThat(streaming("scan.bounded.mode", "latest").rows("SELECT id FROM t")).hasSize(14);
    assertThat(streaming("scan.bounded.mode", "latest").rows("SELECT id, name FROM t WHERE id > 8"))
        .containsExactlyInAnyOrder(
            Row.of(9L, "lake 9"),
            Row.of(10L, "log 10"),
            Row.of(11L, "log 11"),
            Row.of(12L, "log 12"),
            Row.of(13L, "log 13"));
  }

  private static List<String> ofBucket(List<Row> rows, int bucket) {
    return rows.stream()
        .filter(r -> (long) r.getField(0) % 2 == bucket)
        .map(r -> (String) r.getField(1))
        .toList();
  }

  private static String[] names(String... names) {
    return names;
  }

  @Test
  void otherStartModesReadTheLogAlone() throws Exception {
    // Given
    givenTenRowsInTheLakeAndFourBehind();

    // Then
    assertThat(
            batch("scan.startup.mode", "earliest")
                .rows("SELECT COUNT(*) FROM t WHERE name LIKE 'old%'"))
        .containsExactly(Row.of(10L));
    assertThat(
            batch("scan.startup.mode", "timestamp", "scan.startup.timestamp", "0")
                .rows("SELECT COUNT(*) FROM t"))
        .containsExactly(Row.of(14L));
    assertThat(
            batch("scan.bounded.mode", "timestamp", "scan.bounded.timestamp", "1")
                .rows("SELECT COUNT(*) FROM t"))
        .containsExactly(Row.of(0L));
  }

  @Test
  void metadataOfRowsInTheLakeIsThatOfTheirRecords() throws Exception {
    // Given
    lake.append(null, 1, 7, row(1, "lake")).commit(0L, 8L);
    for (int i = 0; i < 9; i++) {
      table.write(1, row(2, "log"));
    }
    String columns =
        "id BIGINT NOT NULL, o BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL, name STRING,"
            + " i INT NOT NULL METADATA FROM 'row-index' VIRTUAL,"
            + " ts TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp' VIRTUAL,"
            + " b INT NOT NULL METADATA FROM 'bucket' VIRTUAL, place ROW<city STRING, zip INT>";

    // Then
    assertThat(
            SqlSupport.batch(table)
                .declare(columns, LakeContent.options(table.table()))
                .rows("SELECT b, id, o, i, name, ts < TIMESTAMP '2001-01-01 00:00:00' FROM t"))
        .containsExactlyInAnyOrder(
            Row.of(1, 1L, 7L, -1, "lake 1", true), Row.of(1, 2L, 8L, 0, "log 2", false));
    assertThat(
            SqlSupport.batch(table)
                .declare(
                    columns,
                    "datalake.memory.name",
                    table.table().path().toString(),
                    "datalake.memory.without-buckets",
                    "true")
                .rows("SELECT b, o FROM t"))
        .containsExactlyInAnyOrder(Row.of(1, 7L), Row.of(1, 8L));
  }

  @Test
  void aLakeWithoutSnapshotIsNoLake() throws Exception {
    table.write(0, row(1, "log"));
    assertThat(batch().rows("SELECT id FROM t")).containsExactly(Row.of(1L));
    assertThat(streaming().firstRows(1, "SELECT id FROM t")).containsExactly(Row.of(1L));
    assertThat(lakeTable(SqlSupport.batch(table)).rows("SELECT * FROM `t$lake`")).isEmpty();
  }

  @Test
  void whereNothingIsBehindTheLakeItIsTheTable() throws Exception {
    // Given
    for (int i = 0; i < 6; i++) {
      table.write(0, row(i, "old"));
    }
    lake.append(null, 0, 0, rows("lake", 0, 1, 2, 3, 4, 5)).commit(6L, 0L);
    table.deleteBefore(0, 6);

    // Then
    assertThat(batch().rows("SELECT id, name FROM t"))
        .containsExactlyInAnyOrder(union(lakeRows("lake", 0, 6)));
    assertThat(batch().rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(6L));
    assertThat(streaming("scan.bounded.mode", "latest").rows("SELECT id, name FROM t"))
        .containsExactlyElementsOf(Arrays.asList(union(lakeRows("lake", 0, 6))));
  }

  @Test
  void aGapIsNeverSilent() {
    // Given
    for (int i = 0; i < 6; i++) {
      table.write(0, row(i, "old"));
    }
    lake.append(null, 0, 0, rows("lake", 0, 1, 2)).commit(3L, 0L);
    table.deleteBefore(0, 5);

    // Then
    assertThatThrownBy(() -> batch().rows("SELECT id FROM t"))
        .hasStackTraceContaining("Bucket 0 of table 'default_database.t'")
        .hasStackTraceContaining("the lake has its records up to offset 3 (snapshot 1)")
        .hasStackTraceContaining("the log starts at 5");
    assertThatThrownBy(() -> streaming().firstRows(1, "SELECT id FROM t"))
        .hasStackTraceContaining("the log starts at 5");
  }

  @Test
  void rowsThatWereNeverTieredAreAGapToo() {
    // Given: the lake knows bucket 1 and has nothing of it
    table.write(1, row(1, "lost"));
    table.write(1, row(2, "left"));
    lake.append(null, 0, 0, rows("lake")).commit(0L, 0L);
    table.deleteBefore(1, 1);

    // Then
    assertThatThrownBy(() -> batch().rows("SELECT id FROM t"))
        .hasStackTraceContaining("Bucket 1 of table 'default_database.t'")
        .hasStackTraceContaining("up to offset 0 (snapshot 1)")
        .hasStackTraceContaining("the log starts at 1");
  }

  @Test
  void aTopicThatLostWhatTheLakeHasIsAnError() {
    lake.append(null, 0, 0, rows("lake", 0, 1, 2)).commit(3L, 0L);
    assertThatThrownBy(() -> batch().rows("SELECT id FROM t"))
        .hasStackTraceContaining("the log ends at 0: the topic lost records");
  }

  @Test
  void withoutThePlaceOfTheLakeTheOptionIsNamed() {
    assertThatThrownBy(() -> SqlSupport.batch(table).declare(COLUMNS).rows("SELECT id FROM t"))
        .hasStackTraceContaining("'datalake.memory.warehouse'");
  }

  @Test
  void theLakeByItselfHasSystemColumnsAndEnds() throws Exception {
    // Given
    givenTenRowsInTheLakeAndFourBehind();

    // Then
    for (SqlSupport sql : List.of(SqlSupport.batch(table), SqlSupport.streaming(table))) {
      assertThat(
              lakeTable(sql)
                  .rows(
                      "SELECT `__offset`, place.city, `__bucket`, id, `__timestamp` <"
                          + " TIMESTAMP '2001-01-01 00:00:00' FROM `t$lake` WHERE id > 7"))
          .containsExactlyInAnyOrder(
              Row.of(4L, "city", 0, 8L, true), Row.of(4L, "city", 1, 9L, true));
    }
    assertThat(lakeTable(SqlSupport.batch(table)).rows("SELECT * FROM `t$lake` LIMIT 4"))
        .hasSize(4)
        .allSatisfy(r -> assertThat(r.getArity()).isEqualTo(6));
  }

  private SqlSupport lakeTable(SqlSupport sql) {
    return sql.declareAs(
        "`t$lake`",
        COLUMNS
            + ", `__bucket` INT NOT NULL, `__offset` BIGINT NOT NULL,"
            + " `__timestamp` TIMESTAMP_LTZ(3) NOT NULL",
        LakeContent.options(table.table()));
  }

  private SqlSupport batch(String... options) {
    return SqlSupport.batch(table).declare(COLUMNS, with(options));
  }

  private SqlSupport streaming(String... options) {
    return SqlSupport.streaming(table).declare(COLUMNS, with(options));
  }

  private String[] with(String... options) {
    List<String> all = new ArrayList<>(List.of(LakeContent.options(table.table())));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private static Row[] union(Row[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(Row[]::new);
  }

  private static Row[] lakeRows(String name, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Row.of((long) i, name + " " + i))
        .toArray(Row[]::new);
  }

  private static RowData[] rows(String name, int... ids) {
    return IntStream.of(ids).mapToObj(i -> row(i, name)).toArray(RowData[]::new);
  }

  private static RowData row(int id, String name) {
    return GenericRowData.of(
        (long) id,
        StringData.fromString(name + " " + id),
        GenericRowData.of(StringData.fromString("city"), 100 + id));
  }
}
