package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.predicate.Predicate;
import io.fluss.predicate.expression.FilterTranslation;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What filters are translated to says what Flink itself computes for them. */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class FilterTranslationSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.INT().notNull()),
                  DataTypes.FIELD("b", DataTypes.BOOLEAN()),
                  DataTypes.FIELD("ti", DataTypes.TINYINT()),
                  DataTypes.FIELD("bi", DataTypes.BIGINT()),
                  DataTypes.FIELD("f", DataTypes.FLOAT()),
                  DataTypes.FIELD("d", DataTypes.DOUBLE()),
                  DataTypes.FIELD("de", DataTypes.DECIMAL(10, 2)),
                  DataTypes.FIELD("c", DataTypes.CHAR(3)),
                  DataTypes.FIELD("s", DataTypes.STRING()),
                  DataTypes.FIELD("bs", DataTypes.BYTES()),
                  DataTypes.FIELD("dt", DataTypes.DATE()),
                  DataTypes.FIELD("tm", DataTypes.TIME(3)),
                  DataTypes.FIELD("ts", DataTypes.TIMESTAMP(3)),
                  DataTypes.FIELD("ltz", DataTypes.TIMESTAMP_LTZ(3)))
              .notNull()
              .getLogicalType();

  /** Conditions that have to be translated, each part of them. */
  private static final List<String> TRANSLATED =
      List.of(
          "id = 1",
          "2 < id",
          "id <> 2 AND id BETWEEN 1 AND 4",
          "id NOT BETWEEN 2 AND 3",
          "id IN (1, 3, 5)",
          "id NOT IN (1, 3, 5)",
          "id = CAST(2 AS BIGINT)",
          "ti < 1",
          "ti = 300",
          "bi > 5000000000",
          "bi <= 7",
          "b",
          "NOT b",
          "b IS TRUE",
          "b IS NOT TRUE",
          "b IS FALSE",
          "b IS NOT FALSE",
          "b IS NULL",
          "(ti > 0) IS NOT TRUE",
          "(ti > 0) IS UNKNOWN",
          "(ti > 0 OR s = 'a') IS NOT FALSE",
          "NOT (ti > 0 AND s = 'a')",
          "s IS NOT NULL OR dt IS NULL",
          "f > 1",
          "f >= 1.5",
          "f = CAST(1.5 AS FLOAT)",
          "f > CAST(0.1 AS FLOAT)",
          "f < 0.1",
          "d > 1",
          "d >= 1.5",
          "d < 1.5",
          "d <> 1.5",
          "NOT (d < 1)",
          "de = 1.5",
          "de > 1.499",
          "de < 2",
          "de IN (1.50, 7)",
          "c = 'ab'",
          "c = 'ab '",
          "c > 'ab'",
          "c LIKE 'ab%'",
          "s = 'ab'",
          "s = 'ab '",
          "s >= 'b'",
          "s LIKE 'a%'",
          "s NOT LIKE 'a%'",
          "s LIKE 'a_'",
          "s LIKE '%b%'",
          "s LIKE '%b'",
          "s LIKE 'a%b%'",
          "s LIKE '%'",
          "s LIKE '5!%' ESCAPE '!'",
          "s LIKE '5!%%' ESCAPE '!'",
          "s LIKE 'x!_z' ESCAPE '!'",
          "s LIKE '(%' OR s LIKE '_.'",
          "bs = x'0001'",
          "bs > x'7f'",
          "dt >= DATE '2025-01-02'",
          "dt = '2025-01-02'",
          "dt < '2025-01-02'",
          "tm = TIME '01:02:03'",
          "tm > TIME '01:02:02'",
          "ts < TIMESTAMP '2025-01-02 00:00:00'",
          "ts = TIMESTAMP '2025-01-01 00:00:00.001'",
          "ts >= TIMESTAMP '2025-01-01 00:00:00.0005'",
          "ltz < TO_TIMESTAMP_LTZ(1735776000000, 3)");

  /** Conditions that may be left alone, and must not be mistaken. */
  private static final List<String> DOUBTFUL =
      List.of(
          "bi > 1.5",
          "ltz >= TIMESTAMP '2025-01-02 00:00:00'",
          "d = CAST('NaN' AS DOUBLE)",
          "dt <> '2025-01-02'",
          "dt = '2025-1-2'",
          "bi = 9007199254740993e0",
          "CAST(bi AS DOUBLE) = 9007199254740992e0",
          "CAST(id AS STRING) = '1'",
          "CAST(de AS INT) = 1",
          "TRY_CAST(s AS INT) = 5",
          "CAST(c AS CHAR(5)) = 'ab'",
          "CAST(s AS CHAR(4)) = 'ab'",
          "CAST(dt AS STRING) > '2025-01-01'",
          "CAST(ts AS DATE) = DATE '2025-01-01'",
          "d > 0.0",
          "d >= 0.0",
          "f = 0.0",
          "f = 0.1",
          "f > 16777217",
          "de = 1.5e0",
          "s LIKE ''",
          "s SIMILAR TO 'a|b'",
          "UPPER(s) = 'AB' AND id > 1",
          "s LIKE c",
          "id > ti",
          "id + 1 = 3",
          "tm = TIME '01:02:03.0005'",
          "COALESCE(ti, 0) = 0");

  private static final List<RowData> ROWS =
      List.of(
          row(1, true, 1, 5L, 1.5f, 1.5, "1.50", "ab", "ab", bytes(0, 1), 20_089, 3_723_000, 1),
          row(2, false, -1, 7L, 0.1f, 0.1, "1.49", "ab ", "ab ", bytes(127), 20_090, 3_722_000, 0),
          row(
              3,
              true,
              0,
              9_007_199_254_740_993L,
              Float.NaN,
              Double.NaN,
              "2.00",
              "abc",
              "a\nb",
              bytes(-1),
              20_091,
              0,
              86_400_000),
          row(
              4,
              null,
              127,
              Long.MAX_VALUE,
              -0.0f,
              -0.0,
              "-1.00",
              "b",
              "5%",
              bytes(),
              0,
              1,
              172_800_000),
          row(5, false, 2, -1L, 0.0f, 0.0, "7.00", "", "", bytes(0), 20_089, 1_000, -1),
          row(6, true, 3, 0L, 16777216f, 16777217.0, "0.01", "aab", "x_z", bytes(0, 1, 2), 1, 2, 2),
          row(
              7,
              false,
              4,
              1L,
              Float.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "1.51",
              "\u00e4",
              "\ud83d\ude00.",
              bytes(128),
              3,
              3,
              3),
          row(8, true, 5, 2L, 1f, 1.0, "1.00", "a\n", "(b)", bytes(1), 4, 4, 4),
          GenericRowData.of(
              9, null, null, null, null, null, null, null, null, null, null, null, null, null));

  @Test
  void translatedConditionsMatchWhatFlinkMatches() throws Exception {
    // Given
    FilteredTestTableFactory.setRows(ROWS);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    sql.getConfig().setLocalTimeZone(ZoneId.of("America/New_York"));
    sql.executeSql(
        "CREATE TEMPORARY TABLE t "
            + TYPE.asSerializableString().replaceFirst("ROW<", "(").replaceFirst("> NOT NULL$", ")")
            + " WITH ('connector' = 'filtered-test')");
    List<String> conditions = new ArrayList<>(TRANSLATED);
    conditions.addAll(DOUBTFUL);

    // When
    List<Row> computed = computedByFlink(sql, conditions);
    List<String> mistakes = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      String condition = conditions.get(i);
      sql.explainSql("SELECT id FROM t WHERE " + condition);
      var pushed = FilteredTestTableFactory.takePushed();
      FilterTranslation translation = FilterTranslation.over(TYPE);
      boolean complete =
          !pushed.isEmpty() && pushed.stream().allMatch(f -> translation.exactly(f).isPresent());
      Optional<Predicate> implied = translation.impliedByAll(pushed);
      if (TRANSLATED.contains(condition) && !complete) {
        mistakes.add(condition + " is not translated: " + pushed);
      }
      for (Row row : computed) {
        RowData asked = ROWS.get((Integer) row.getField(0) - 1);
        boolean matches = Boolean.TRUE.equals(row.getField(1 + i));
        boolean kept = implied.map(p -> p.test(asked)).orElse(true);
        if (matches && !kept || complete && kept != matches) {
          mistakes.add(condition + " as " + implied + " of row " + row.getField(0) + " " + pushed);
        }
      }
    }

    // Then
    assertThat(computed).hasSize(ROWS.size());
    assertThat(mistakes).isEmpty();
  }

  /** The id of each row, and what each condition is for it. */
  private static List<Row> computedByFlink(TableEnvironment sql, List<String> conditions)
      throws Exception {
    String columns =
        IntStream.range(0, conditions.size())
            .mapToObj(i -> "(" + conditions.get(i) + ") AS c" + i)
            .collect(Collectors.joining(", "));
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result =
        sql.executeSql("SELECT id, " + columns + " FROM t").collect()) {
      result.forEachRemaining(rows::add);
    }
    FilteredTestTableFactory.takePushed();
    return rows;
  }

  private static RowData row(
      int id,
      Boolean b,
      int ti,
      long bi,
      float f,
      double d,
      String de,
      String c,
      String s,
      byte[] by,
      int dt,
      int tm,
      long time) {
    TimestampData timestamp = TimestampData.fromEpochMillis(1_735_689_600_000L + time);
    return GenericRowData.of(
        id,
        b,
        (byte) ti,
        bi,
        f,
        d,
        DecimalData.fromBigDecimal(new BigDecimal(de), 10, 2),
        StringData.fromString(c),
        StringData.fromString(s),
        by,
        dt,
        tm,
        timestamp,
        timestamp);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
