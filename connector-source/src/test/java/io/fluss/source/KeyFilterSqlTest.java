package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Filters on the primary key spare buckets and rows. Whether they did is seen in buckets that
 * cannot be read: a record in them fails each read that touches it.
 */
class KeyFilterSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final int BUCKETS = 4;

  /** Types of key columns, each with a value and a literal of SQL that equals it. */
  enum KeyType {
    BOOLEAN(DataTypes.BOOLEAN(), false, "FALSE"),
    TINYINT(DataTypes.TINYINT(), (byte) -7, "-7"),
    SMALLINT(DataTypes.SMALLINT(), (short) 700, "700"),
    INT(DataTypes.INT(), 70_000, "70000"),
    BIGINT(DataTypes.BIGINT(), 7L, "7"),
    BIG_BIGINT(DataTypes.BIGINT(), 7_000_000_000L, "7000000000"),
    FLOAT(DataTypes.FLOAT(), 1.5f, "CAST(1.5 AS FLOAT)"),
    FLOAT_BY_DECIMAL(DataTypes.FLOAT(), 1.5f, "1.5"),
    DOUBLE(DataTypes.DOUBLE(), -2.25, "-2.25"),
    DECIMAL(DataTypes.DECIMAL(10, 2), DecimalData.fromUnscaledLong(1250, 10, 2), "12.5"),
    BIG_DECIMAL(
        DataTypes.DECIMAL(30, 2),
        DecimalData.fromBigDecimal(new BigDecimal("1234567890123456.78"), 30, 2),
        "1234567890123456.78"),
    CHAR(DataTypes.CHAR(3), StringData.fromString("abc"), "'abc'"),
    STRING(DataTypes.STRING(), StringData.fromString("a'b"), "'a''b'"),
    BINARY(DataTypes.BINARY(2), new byte[] {0, 1}, "x'0001'"),
    BYTES(DataTypes.BYTES(), new byte[] {0, 1, 2}, "x'000102'"),
    DATE(DataTypes.DATE(), 20_000, "DATE '2024-10-04'"),
    TIME(DataTypes.TIME(), 3_723_000, "TIME '01:02:03'"),
    TIMESTAMP(
        DataTypes.TIMESTAMP(3),
        TimestampData.fromEpochMillis(1_728_000_000_000L),
        "TIMESTAMP '2024-10-04 00:00:00'"),
    TIMESTAMP_9(
        DataTypes.TIMESTAMP(9),
        TimestampData.fromEpochMillis(1_728_000_000_000L, 5),
        "TIMESTAMP '2024-10-04 00:00:00.000000005'"),
    TIMESTAMP_LTZ(
        DataTypes.TIMESTAMP_LTZ(3),
        TimestampData.fromEpochMillis(1_728_000_000_000L),
        "TO_TIMESTAMP_LTZ(1728000000000, 3)");

    private final DataType type;
    private final Object value;
    private final String literal;

    KeyType(DataType type, Object value, String literal) {
      this.type = type;
      this.value = value;
      this.literal = literal;
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void aPointQueryReadsOneBucketAndOneKey(KeyType key) throws Exception {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("k", key.type.notNull()), DataTypes.FIELD("v", DataTypes.INT()))
                .notNull()
                .getLogicalType();
    try (KeyedTableFixture table =
        KeyedTableFixture.create(
            SharedKafka.kafka(), "t", Descriptors.of(type, "k").buckets(BUCKETS).build())) {
      // Given
      RowData wanted = GenericRowData.of(key.value, 1);
      table.upsert(wanted, GenericRowData.of(key.value, 2));
      makeOthersUnreadable(table, wanted);
      SqlSupport sql =
          SqlSupport.batch(table)
              .declare(
                  "k "
                      + key.type.notNull().getLogicalType().asSerializableString()
                      + ", v INT, PRIMARY KEY (k) NOT ENFORCED");

      // When
      List<Row> rows = sql.rows("SELECT v FROM t WHERE k = " + key.literal);

      // Then
      assertThat(rows).containsExactly(Row.of(2));
    }
  }

  private static final RowType LINES =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("line", DataTypes.INT().notNull()),
                  DataTypes.FIELD("text", DataTypes.STRING()))
              .notNull()
              .getLogicalType();

  private static final String LINE_COLUMNS =
      "id BIGINT NOT NULL, line INT NOT NULL, text STRING, PRIMARY KEY (id, line) NOT ENFORCED";

  @Test
  void theBucketKeyAloneReadsOneBucket() throws Exception {
    try (KeyedTableFixture table = lines()) {
      // Given
      table.upsert(line(1, 0), line(1, 1), line(1, 2));
      makeOthersUnreadable(table, line(1, 0));
      SqlSupport sql = SqlSupport.batch(table).declare(LINE_COLUMNS);

      // Then
      assertThat(sql.sql().explainSql("SELECT line FROM t WHERE id = 1"))
          .contains("filter=[=(id, 1");
      assertThat(sql.rows("SELECT line FROM t WHERE id = 1 AND line > 0"))
          .containsExactlyInAnyOrder(Row.of(1), Row.of(2));
      assertThat(sql.rows("SELECT text FROM t WHERE line = 2 AND id = 1"))
          .containsExactly(Row.of("1/2"));
      assertThat(sql.rows("SELECT COUNT(*) FROM t WHERE id = 1")).containsExactly(Row.of(3L));
      assertThat(sql.rows("SELECT line FROM t WHERE id = 1 LIMIT 2")).hasSize(2);
    }
  }

  @Test
  void otherFiltersLeaveNothingOut() throws Exception {
    try (KeyedTableFixture table = lines()) {
      // Given
      List<RowData> all = new ArrayList<>();
      for (long id = 0; id < 6; id++) {
        all.add(line(id, 0));
        all.add(line(id, 1));
      }
      table.upsert(all);
      SqlSupport sql = SqlSupport.batch(table).declare(LINE_COLUMNS);

      // Then
      assertThat(sql.rows("SELECT id FROM t WHERE line = 1")).hasSize(6);
      assertThat(sql.rows("SELECT id FROM t WHERE id = 1 OR line = 1")).hasSize(7);
      assertThat(sql.rows("SELECT id FROM t WHERE id > 3")).hasSize(4);
      assertThat(sql.rows("SELECT id FROM t WHERE id = 1.5")).isEmpty();
      assertThat(sql.rows("SELECT id FROM t WHERE id = 1 AND id = 2")).isEmpty();
      assertThat(sql.rows("SELECT id FROM t WHERE text = '3/1'")).containsExactly(Row.of(3L));
      assertThat(sql.rows("SELECT id FROM t WHERE id IN (1, 2)")).hasSize(4);
    }
  }

  @Test
  void streamingSparesTheSame() throws Exception {
    try (KeyedTableFixture table = lines()) {
      // Given
      table.upsert(line(1, 0), line(1, 1));
      makeOthersUnreadable(table, line(1, 0));
      SqlSupport sql =
          SqlSupport.streaming(table).declare(LINE_COLUMNS, "scan.bounded.mode", "latest");

      // Then
      assertThat(sql.rows("SELECT text FROM t WHERE id = 1 AND line = 1"))
          .containsExactly(Row.of("1/1"));
    }
  }

  private static KeyedTableFixture lines() {
    return KeyedTableFixture.create(
        SharedKafka.kafka(),
        "t",
        Descriptors.of(LINES, "id", "line").bucketKey("id").buckets(BUCKETS).build());
  }

  private static RowData line(long id, int line) {
    return GenericRowData.of(id, line, StringData.fromString(id + "/" + line));
  }

  /** Puts a record that nobody can read into each bucket but that of the row. */
  private static void makeOthersUnreadable(KeyedTableFixture table, RowData row) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (bucket != table.bucket(row)) {
        table.writeForeign(bucket);
      }
    }
  }
}
