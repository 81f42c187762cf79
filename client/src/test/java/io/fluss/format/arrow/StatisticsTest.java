package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BatchStatistics;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import io.fluss.predicate.ColumnRange;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.RandomPredicates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ranges that an encoder tells of its columns, as a reader finds them. */
class StatisticsTest {

  private static final int ROUNDS = 3_000;

  private final BufferPool pool = new BufferPool();

  @AfterEach
  void everyBufferComesBack() {
    assertThat(pool.outstandingBytes()).isZero();
  }

  @Test
  void batchesThatAreRuledOutHaveNoRowThatMatches() {
    int ruledOut = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      // Given
      Random source = new Random(seed);
      RandomPredicates random = new RandomPredicates(source);
      Predicate predicate = random.predicate(seed % 3).predicate();
      List<RowData> rows = new ArrayList<>();
      rows.add(random.row());
      for (int more = source.nextInt(12); more > 0; more--) {
        rows.add(random.rowNear((GenericRowData) rows.get(0)));
      }
      int from = source.nextInt(rows.size());
      int to = from + 1 + source.nextInt(rows.size() - from);

      // When
      boolean mayMatch = predicate.mayMatch(statistics(RandomPredicates.TYPES, rows, from, to));

      // Then
      boolean matches = rows.subList(from, to).stream().anyMatch(predicate::test);
      assertThat(mayMatch || !matches).as("seed %d: %s", seed, predicate).isTrue();
      ruledOut += mayMatch ? 0 : 1;
    }
    assertThat(ruledOut).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void everyValueIsWithinTheBounds() {
    RowType type = RandomTypes.everyType();
    List<RowData> rows = new RandomRows(new Random(3)).rows(type, 200);
    BatchStatistics statistics = statistics(type, rows, 0, rows.size());
    for (int column = 0; column < type.getFieldCount(); column++) {
      ColumnRange range = statistics.of(column);
      if (!ColumnRef.isSupported(type.getTypeAt(column))) {
        assertThat(range.min()).isNull();
        continue;
      }
      ColumnRef ref = ColumnRef.of(type, column);
      for (RowData row : rows) {
        // When, Then
        if (row.isNullAt(column)) {
          assertThat(range.mayBeNull()).isTrue();
        } else {
          assertThat(range.mayHaveValue()).isTrue();
          if (range.min() != null) {
            assertThat(Predicate.compare(ref, Operator.LESS, range.min()).test(row)).isFalse();
          }
          if (range.max() != null) {
            assertThat(Predicate.compare(ref, Operator.GREATER, range.max()).test(row)).isFalse();
          }
        }
      }
    }
  }

  @Test
  void longBytesAreCutOffToBoundsThatHold() {
    // Given
    byte[] low = bytes(40, 0x10);
    byte[] high = bytes(40, 0x20);
    high[31] = (byte) 0xff;
    RowType type = RowType.of(new VarBinaryType(VarBinaryType.MAX_LENGTH));

    // When
    ColumnRange range =
        statistics(type, List.of(GenericRowData.of(low), GenericRowData.of(high)), 0, 2).of(0);

    // Then
    byte[] above = bytes(31, 0x20);
    above[30] = 0x21;
    assertThat(range.min()).isEqualTo(bytes(32, 0x10));
    assertThat(range.max()).isEqualTo(above);
  }

  @Test
  void whatHasNoShortBoundAboveHasNone() {
    // Given
    RowType type = RowType.of(new VarBinaryType(VarBinaryType.MAX_LENGTH));

    // When
    ColumnRange range =
        statistics(type, List.of(GenericRowData.of((Object) bytes(40, 0xff))), 0, 1).of(0);

    // Then
    assertThat(range.min()).isEqualTo(bytes(32, 0xff));
    assertThat(range.max()).isNull();
  }

  @Test
  void nanLeavesNoBoundsAndNullsAreCounted() {
    // Given
    RowType type = RowType.of(new DoubleType(), new IntType());
    List<RowData> rows = List.of(GenericRowData.of(Double.NaN, null), GenericRowData.of(1.0, null));

    // When
    BatchStatistics statistics = statistics(type, rows, 0, 2);

    // Then
    assertThat(statistics.of(0)).isEqualTo(ColumnRange.of(null, null, 0, 2));
    assertThat(statistics.of(1)).isEqualTo(ColumnRange.NULLS);
  }

  @Test
  void nothingIsKnownOfOtherColumns() {
    // Given
    RowType type = RowType.of(new IntType(), new ArrayType(new IntType()), new IntType());
    List<RowData> rows = List.of(GenericRowData.of(1, null, 2));

    // When
    BatchHeader header = header(type, rows, new int[] {2}, 0, 1);

    // Then
    BatchStatistics statistics = BatchStatistics.of(header, type);
    assertThat(statistics.of(0)).isEqualTo(ColumnRange.UNKNOWN);
    assertThat(statistics.of(2)).isEqualTo(ColumnRange.of(2, 2, 0, 1));
  }

  @Test
  void whatALaterVersionMayAddIsLeftAlone() {
    // Given: column 0 from 1 to 2, then flags that are not known
    RowType type = RowType.of(new IntType(), new IntType());
    byte[] value = {0, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 7, 42};

    // When
    BatchStatistics statistics = BatchStatistics.of(header(value), type);

    // Then
    assertThat(statistics.of(0)).isEqualTo(ColumnRange.of(1, 2, 0, 5));
    assertThat(statistics.of(1)).isEqualTo(ColumnRange.UNKNOWN);
  }

  @Test
  void damagedStatisticsAreRefused() {
    // Given
    RowType type = RowType.of(new IntType());

    // When, Then
    assertThatThrownBy(() -> BatchStatistics.of(header(new byte[] {0, 1, 0, 1}), type))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining("bound of the statistics");
    assertThatThrownBy(() -> BatchStatistics.of(header(new byte[] {1, 0, 0}), type))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining("statistics are of column 1, and its schema has 1 columns");
  }

  private static BatchHeader header(byte[] statistics) {
    return new BatchHeader(
        1, 5, BodyKind.ARROW, List.of(new HeaderField(HeaderField.STATISTICS, statistics)));
  }

  private BatchStatistics statistics(RowType type, List<RowData> rows, int from, int to) {
    int[] all = IntStream.range(0, type.getFieldCount()).toArray();
    return BatchStatistics.of(BatchHeader.parse(header(type, rows, all, from, to).toBytes()), type);
  }

  private BatchHeader header(RowType type, List<RowData> rows, int[] columns, int from, int to) {
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(type, ArrowCompression.none(), pool)) {
      rows.forEach(encoder::append);
      HeaderField statistics = encoder.statistics(columns, from, to);
      return new BatchHeader(1, to - from, BodyKind.ARROW, List.of(statistics));
    }
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
