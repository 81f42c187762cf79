package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class ArrowBatchEncoderTest {
  private final BufferPool pool = new BufferPool();

  @Test
  void givesEveryBufferBackWhenClosed() {
    // Given
    RowType type = RandomTypes.everyType();
    ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.zstd(3), pool);
    new RandomRows(new Random(1)).rows(type, 1000).forEach(encoder::append);
    encoder.encode();
    long held = pool.outstandingBytes();

    // When
    encoder.close();

    // Then
    assertThat(held).isPositive();
    assertThat(pool.outstandingBytes()).isZero();
  }

  @Test
  void saysWhatItHoldsFromThePool() {
    // Given
    RowType type = RandomTypes.everyType();
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {

      // When
      new RandomRows(new Random(1)).rows(type, 500).forEach(encoder::append);

      // Then
      assertThat(encoder.allocatedBytes()).isEqualTo(pool.outstandingBytes());
      assertThat(encoder.bodyBytes()).isBetween(1L, encoder.allocatedBytes());
      assertThat(encoder.encode().length).isGreaterThan((int) encoder.bodyBytes());
    }
  }

  @Test
  void keepsOnlySmallBuffersOverReset() {
    // Given
    RowType type = RandomTypes.everyType();
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      new RandomRows(new Random(1)).rows(type, 2000).forEach(encoder::append);
      long before = encoder.allocatedBytes();

      // When
      encoder.reset();

      // Then
      assertThat(encoder.rowCount()).isZero();
      assertThat(encoder.bodyBytes()).isZero();
      assertThat(encoder.allocatedBytes()).isLessThan(before / 20);
    }
  }

  @Test
  void aRowThatFailsLeavesTheRowsBeforeItIntact() {
    // Given
    RowType type =
        rowType(
            DataTypes.FIELD("id", DataTypes.BIGINT()),
            DataTypes.FIELD("flag", DataTypes.BOOLEAN()),
            DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.STRING())),
            DataTypes.FIELD("name", DataTypes.STRING().notNull()));
    List<RowData> rows = new RandomRows(new Random(1)).rows(type, 50);
    RowData bad = GenericRowData.of(null, true, null, null);
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      for (RowData row : rows) {

        // When
        assertThatThrownBy(() -> encoder.append(bad))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("Cannot write NULL into column 'name', which is NOT NULL");
        encoder.append(row);
      }

      // Then
      assertThat(PlainValues.of(ArrowBatchDecoder.of(type).decode(encoder.encode()), type))
          .isEqualTo(PlainValues.of(rows, type));
    }
  }

  @Test
  void aTimestampOutOfTheNanosecondRangeIsRefused() {
    // Given
    RowType type = rowType(DataTypes.FIELD("at", DataTypes.TIMESTAMP(9)));
    RowData row = GenericRowData.of(TimestampData.fromEpochMillis(253_402_300_799_000L));
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {

      // When // Then
      assertThatThrownBy(() -> encoder.append(row))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot write 9999-12-31T23:59:59 into column 'at': TIMESTAMP(9) is stored as 64-bit"
                  + " nanoseconds, 1677-09-21 to 2262-04-11. Use a lower precision.")
          .hasNoCause();
    }
  }

  @Test
  void aNullKeyOfAMapIsRefusedAlthoughTheTypeOfTheKeyTakesNulls() {
    // Given
    RowType type =
        rowType(DataTypes.FIELD("m", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())));
    Map<StringData, Integer> entries = new HashMap<>();
    entries.put(null, 1);
    RowData row = GenericRowData.of(new GenericMapData(entries));
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {

      // When // Then
      assertThatThrownBy(() -> encoder.append(row))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot write a NULL key into column 'm': keys of a MAP cannot be NULL in Arrow,"
                  + " whatever its type says. Leave the entry out, or give it another key.");
      assertThat(encoder.rowCount()).isZero();
    }
  }

  @Test
  void theWholeNanosecondRangeFits() {
    // Given
    RowType type = rowType(DataTypes.FIELD("at", DataTypes.TIMESTAMP(9)));
    for (long nanos : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
      TimestampData value =
          TimestampData.fromEpochMillis(
              Math.floorDiv(nanos, 1_000_000L), (int) Math.floorMod(nanos, 1_000_000L));
      try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {

        // When
        encoder.append(GenericRowData.of(value));

        // Then
        RowData row = ArrowBatchDecoder.of(type).decode(encoder.encode()).row(0);
        assertThat(row.getTimestamp(0, 9)).isEqualTo(value);
      }
    }
  }

  @Test
  void aDecimalThatDoesNotFitIsRefused() {
    // Given
    RowType type = rowType(DataTypes.FIELD("price", DataTypes.DECIMAL(4, 2)));
    RowData row = GenericRowData.of(DecimalData.fromUnscaledLong(123_456, 6, 2));
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {

      // When // Then
      assertThatThrownBy(() -> encoder.append(row))
          .hasMessage("Cannot write 1234.56 into column 'price': it does not fit DECIMAL(4, 2)");
    }
  }

  @Test
  void allUnsupportedColumnsAreReportedTogether() {
    // Given
    RowType type =
        rowType(
            DataTypes.FIELD("ok", DataTypes.INT()),
            DataTypes.FIELD("bag", DataTypes.MULTISET(DataTypes.INT())),
            DataTypes.FIELD(
                "list",
                DataTypes.ARRAY(
                    DataTypes.ROW(
                        DataTypes.FIELD("span", DataTypes.INTERVAL(DataTypes.SECOND()))))));

    // When
    List<String> problems = ArrowSchemas.problems(type);

    // Then
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0))
        .startsWith(
            "Cannot store column 'bag' in Arrow batches: type MULTISET<INT> is not supported.");
    assertThat(problems.get(1)).startsWith("Cannot store column 'list.element.span' ");
    assertThatThrownBy(() -> new ArrowBatchEncoder(type, ArrowCompression.none(), pool))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problems.get(0));
  }

  @Test
  void rowViewsCompareByKindAndValues() {
    // Given
    RowType type = RandomTypes.everyType();
    List<RowData> rows = new RandomRows(new Random(1)).rows(type, 2);
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      encoder.append(rows.get(0));
      encoder.append(rows.get(1));
      encoder.append(rows.get(0));
      ArrowRows decoded = ArrowBatchDecoder.of(type).decode(encoder.encode());
      RowData deleted = decoded.row(0);

      // When
      deleted.setRowKind(RowKind.DELETE);

      // Then
      assertThat(decoded.row(0)).isEqualTo(decoded.row(2)).hasSameHashCodeAs(decoded.row(2));
      assertThat(decoded.row(0)).isNotEqualTo(decoded.row(1)).isNotEqualTo(deleted);
      assertThat(deleted.getRowKind()).isEqualTo(RowKind.DELETE);
    }
  }

  @Test
  void aRowViewPrintsItsKindAndValues() {
    // Given
    RowType type =
        rowType(
            DataTypes.FIELD("id", DataTypes.INT()),
            DataTypes.FIELD("name", DataTypes.STRING()),
            DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.INT())));
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      encoder.append(GenericRowData.of(7, StringData.fromString("seven"), null));

      // When
      RowData row = ArrowBatchDecoder.of(type).decode(encoder.encode()).row(0);

      // Then
      assertThat(row).hasToString("+I(7, seven, null)");
    }
  }

  private static RowType rowType(DataTypes.Field... fields) {
    return (RowType) DataTypes.ROW(fields).notNull().getLogicalType();
  }
}
