package io.fluss.format.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.table.SchemaVersion.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of one schema version, read as rows of another. */
class ColumnMappingTest {

  @Test
  void columnsAreFoundByTheirIdsWhateverTheirNamesAndPlaces() {
    // Given
    ColumnMapping mapping =
        ColumnMapping.of(
            List.of(field(0, "a", new IntType()), field(1, "b", new VarCharType(5))),
            List.of(
                field(1, "renamed", new VarCharType(9)),
                field(7, "added", new IntType()),
                field(0, "a", new IntType())));

    // When
    RowData row = mapping.row(GenericRowData.of(1, StringData.fromString("x")));

    // Then
    assertThat(row.getArity()).isEqualTo(3);
    assertThat(row.getString(0)).hasToString("x");
    assertThat(row.isNullAt(1)).isTrue();
    assertThat(row.getInt(2)).isEqualTo(1);
  }

  @Test
  void theSameColumnsAreTheRowItself() {
    // Given
    List<Field> fields = List.of(field(0, "a", new IntType()), field(1, "b", new IntType(false)));
    RowData row = GenericRowData.of(1, 2);

    // When, Then
    assertThat(ColumnMapping.of(fields, fields).row(row)).isSameAs(row);
  }

  /** Narrow type, wide type, a value of both, and one of the wide type alone. */
  static Stream<Arguments> widenings() {
    return Stream.of(
        Arguments.of(new TinyIntType(), new SmallIntType(), (byte) -7, (short) -7, (short) 128),
        Arguments.of(new TinyIntType(), new BigIntType(), (byte) 7, 7L, -129L),
        Arguments.of(new SmallIntType(), new IntType(), (short) 300, 300, 40_000),
        Arguments.of(new IntType(), new BigIntType(), -5, -5L, 1L << 31),
        Arguments.of(new FloatType(), new DoubleType(), 0.5f, 0.5, 0.1),
        Arguments.of(
            new DecimalType(4, 2),
            new DecimalType(30, 2),
            decimal("12.34", 4),
            decimal("12.34", 30),
            decimal("123.45", 30)));
  }

  @ParameterizedTest
  @MethodSource("widenings")
  void aWidenedColumnIsReadBothWaysAndNoValueIsBent(
      LogicalType narrow, LogicalType wide, Object value, Object same, Object tooWide) {
    // Given
    ColumnMapping widening = mapping(narrow, wide);
    ColumnMapping narrowing = mapping(wide, narrow);

    // When
    Object widened = read(wide, widening.row(GenericRowData.of(value)));
    Object narrowed = read(narrow, narrowing.row(GenericRowData.of(same)));

    // Then
    assertThat(widened).isEqualTo(same);
    assertThat(narrowed).isEqualTo(value);
    assertThat(widening.row(GenericRowData.of((Object) null)).isNullAt(0)).isTrue();
    assertThatThrownBy(() -> read(narrow, narrowing.row(GenericRowData.of(tooWide))))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("column 'c' has the value " + tooWide + ", which does not fit")
        .hasMessageContaining("Start it again");
  }

  @Test
  void aReaderThatExpectsAValueDoesNotGetANull() {
    // Given
    Field wanted = field(0, "c", new IntType(false));
    ColumnMapping nullable =
        ColumnMapping.of(List.of(field(0, "c", new IntType())), List.of(wanted));
    ColumnMapping dropped =
        ColumnMapping.of(List.of(field(1, "d", new IntType())), List.of(wanted));

    // When, Then
    assertThat(nullable.row(GenericRowData.of(4)).getInt(0)).isEqualTo(4);
    for (ColumnMapping mapping : List.of(nullable, dropped)) {
      assertThatThrownBy(() -> mapping.row(GenericRowData.of((Object) null)))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("column 'c' has no value, and was NOT NULL when this job");
    }
  }

  @Test
  void typesThatHaveNothingInCommonAreRefused() {
    assertThatThrownBy(() -> mapping(new IntType(), new VarCharType(5)))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("column 'c' was written as INT and is VARCHAR(5) now");
    assertThat(TypeWidening.widens(new DecimalType(4, 2), new DecimalType(9, 3))).isFalse();
    assertThat(TypeWidening.widens(new BigIntType(), new IntType())).isFalse();
    assertThat(TypeWidening.widens(new IntType(), new DoubleType())).isFalse();
  }

  private static ColumnMapping mapping(LogicalType written, LogicalType wanted) {
    return ColumnMapping.of(List.of(field(0, "c", written)), List.of(field(0, "c", wanted)));
  }

  private static Object read(LogicalType type, RowData row) {
    return RowData.createFieldGetter(type, 0).getFieldOrNull(row);
  }

  private static DecimalData decimal(String value, int precision) {
    return DecimalData.fromBigDecimal(new BigDecimal(value), precision, 2);
  }

  private static Field field(int id, String name, LogicalType type) {
    return new Field(id, name, type);
  }
}
