package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
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

/** What a SELECT over a primary-key table answers, and how it is planned. */
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
          + " place ROW<city STRING, geo ROW<lat DOUBLE, lon DOUBLE>>";

  private static final String KEY = ", PRIMARY KEY (id) NOT ENFORCED";

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

  @Test
  void streamingCountsWhatIsThereNow() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(2, "b", 2), row(3, "a", 3));
    table.delete(row(2, "b", 2));
    table.upsert(row(3, "b", 30), row(4, "a", 4));
    SqlSupport sql =
        SqlSupport.streaming(table).declare(COLUMNS + KEY, "scan.bounded.mode", "latest");

    // When
    List<Row> changes = sql.rows("SELECT name, COUNT(*), SUM(amount) FROM t GROUP BY name");

    // Then
    assertThat(Changelog.stateOf(changes))
        .containsExactlyInAnyOrder(Row.of("a", 2L, 5), Row.of("b", 1L, 30));
  }

  @Test
  void streamingShowsEachChangeByKey() throws Exception {
    table.upsert(row(1, "a", 1));
    table.delete(row(1, "a", 1));
    SqlSupport sql =
        SqlSupport.streaming(table).declare(COLUMNS + KEY, "scan.bounded.mode", "latest");
    System.out.println(sql.sql().explainSql("SELECT id, name FROM t"));
    assertThat(sql.rows("SELECT id, name FROM t"))
        .containsExactly(Row.ofKind(RowKind.INSERT, 1L, "a"), Row.ofKind(RowKind.DELETE, 1L, "a"));
  }

  @Test
  void batchReadsTheRowsThatAreThere() throws Exception {
    // Given
    table.upsert(row(1, "a", 1), row(2, "b", 2), row(3, "c", 3));
    table.delete(row(2, "b", 2));
    table.upsert(row(3, "d", 30));

    // When
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS + KEY);

    // Then
    assertThat(sql.rows("SELECT * FROM t"))
        .containsExactlyInAnyOrder(expected(1, "a", 1), expected(3, "d", 30));
    assertThat(sql.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(2L));
  }

  private static RowData row(long id, String name, int amount) {
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
