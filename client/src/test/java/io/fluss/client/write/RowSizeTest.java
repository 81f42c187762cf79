package io.fluss.client.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever in a row a million bytes are, and whatever class the row has, they are counted. */
class RowSizeTest {

  private static final int LARGE = 1_000_000;
  private static final LogicalType TEXT = VarCharType.STRING_TYPE;

  private static StringData text(int length) {
    return StringData.fromString("x".repeat(length));
  }

  private static GenericArrayData texts() {
    StringData[] all = new StringData[1000];
    Arrays.fill(all, text(LARGE / 1000));
    return new GenericArrayData(all);
  }

  record Case(String name, LogicalType type, Object value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> largeValues() {
    return Stream.of(
        new Case("text", TEXT, text(LARGE)),
        new Case("encoded text", TEXT, StringData.fromBytes(new byte[LARGE])),
        new Case("bytes", new VarBinaryType(VarBinaryType.MAX_LENGTH), new byte[LARGE]),
        new Case("array of text", new ArrayType(TEXT), texts()),
        new Case(
            "array of numbers",
            new ArrayType(new BigIntType(false)),
            new GenericArrayData(new long[LARGE / 8])),
        new Case(
            "map",
            new MapType(TEXT, new ArrayType(TEXT)),
            new GenericMapData(Map.of(text(3), texts()))),
        new Case("multiset", new MultisetType(TEXT), new GenericMapData(Map.of(text(LARGE), 1))),
        new Case(
            "array of rows",
            new ArrayType(RowType.of(new IntType(), new ArrayType(TEXT))),
            new GenericArrayData(
                new Object[] {GenericRowData.of(1, texts()), GenericRowData.of(2, null), null})));
  }

  @ParameterizedTest
  @MethodSource("largeValues")
  void largeValuesAreCountedInRowsOfAllClasses(Case large) {
    // Given
    RowType type = RowType.of(new BigIntType(), large.type(), TEXT);
    GenericRowData generic = GenericRowData.of(1L, large.value(), text(1));
    List<RowData> sameRow =
        List.of(
            generic,
            new JoinedRowData(GenericRowData.of(1L, large.value()), GenericRowData.of(text(1))),
            ProjectedRowData.from(new int[] {2, 1, 0})
                .replaceRow(GenericRowData.of(text(1), large.value(), 1L)));
    RowSize size = new RowSize(type);

    for (RowData row : sameRow) {
      // When
      long bytes = size.bytes(row);
      // Then
      assertThat(bytes).as(row.getClass().getName()).isBetween((long) LARGE, 2L * LARGE);
    }
  }

  @Test
  void binaryRowsAreAsLargeAsTheyAre() {
    // Given
    BinaryRowData row = new BinaryRowData(1);
    row.pointTo(MemorySegmentFactory.wrap(new byte[LARGE]), 0, LARGE);
    // When, Then
    assertThat(new RowSize(RowType.of(TEXT)).bytes(row)).isEqualTo(LARGE);
  }

  @Test
  void smallRowsAreSmall() {
    // Given
    RowSize size = new RowSize(RowType.of(new BigIntType(), new ArrayType(TEXT), TEXT));
    // When, Then
    assertThat(size.bytes(GenericRowData.of(1L, null, text(3)))).isLessThan(50);
    assertThatThrownBy(() -> size.bytes(GenericRowData.of(1L, text(3), text(3))))
        .isInstanceOf(ClassCastException.class);
  }
}
