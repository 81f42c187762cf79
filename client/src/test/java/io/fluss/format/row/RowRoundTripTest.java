package io.fluss.format.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowRoundTripTest {

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyRowOfAnySchemaRoundTrips(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = new RandomTypes(random).row(3);
    List<RowData> rows = new RandomRows(random).rows(type, 30);
    RowEncoder encoder = encoder(type);
    RowReader reader = RowReader.of(type.getChildren());

    // When
    List<RowData> read = rows.stream().<RowData>map(r -> reader.read(encoder.encode(r))).toList();

    // Then
    assertThat(PlainValues.of(read, type)).isEqualTo(PlainValues.of(rows, type));
    assertThat(read.stream().map(encoder::encode).toList())
        .usingElementComparator(Arrays::compare)
        .isEqualTo(rows.stream().map(encoder::encode).toList());
  }

  @Test
  void everyTypeRoundTrips() {
    // Given
    RowType type = RandomTypes.everyType();
    List<RowData> rows = new RandomRows(new Random(2)).rows(type, 100);
    RowEncoder encoder = encoder(type);
    RowReader reader = RowReader.of(type.getChildren());

    // When
    List<RowData> read = rows.stream().<RowData>map(r -> reader.read(encoder.encode(r))).toList();

    // Then
    assertThat(PlainValues.of(read, type)).isEqualTo(PlainValues.of(rows, type));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void someColumnsOfTheRowAreARowOfTheirOwn(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = new RandomTypes(random).row(2);
    int[] some =
        IntStream.range(0, type.getFieldCount()).filter(i -> random.nextBoolean()).toArray();
    List<LogicalType> types = Arrays.stream(some).mapToObj(type::getTypeAt).toList();
    RowData row = new RandomRows(random).rows(type, 1).get(0);

    // When
    byte[] value = RowEncoder.of(type, some, seed).encode(row);

    // Then
    RowData read = RowReader.of(types).read(value);
    List<Object> all = PlainValues.of(row, type);
    assertThat(PlainValues.of(read, RowType.of(types.toArray(new LogicalType[0]))))
        .isEqualTo(Arrays.stream(some).mapToObj(all::get).toList());
    assertThat(ValueHeader.schemaVersion(value)).isEqualTo(seed);
  }

  /** The example of {@code docs/format/primary-key-record.md}. */
  @Test
  void valueHasTheBytesOfTheFormat() {
    // Given
    RowType type = RowType.of(new BigIntType(), new IntType(), new VarCharType(9));
    RowData row = GenericRowData.of(5L, null, StringData.fromString("hi"));

    // When
    byte[] value = RowEncoder.of(type, new int[] {0, 1, 2}, 2).encode(row);

    // Then
    assertThat(HexFormat.of().formatHex(value))
        .isEqualTo("01000200" + "02" + "0500000000000000" + "00000000" + "02000000" + "6869");
  }

  @Test
  void whatDoesNotFitItsTypeIsRefused() {
    assertThatThrownBy(
            () -> encoder(RowType.of(new IntType(false))).encode(GenericRowData.of((Object) null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write NULL into column 'f0', which is NOT NULL");
    assertThatThrownBy(
            () ->
                encoder(RowType.of(new DecimalType(3, 1)))
                    .encode(
                        GenericRowData.of(
                            DecimalData.fromBigDecimal(new BigDecimal("1234.5"), 5, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write 1234.5 into column 'f0': it does not fit DECIMAL(3, 1)");
    GenericMapData map = new GenericMapData(Collections.singletonMap(null, 1));
    assertThatThrownBy(
            () ->
                encoder(RowType.of(new MapType(new IntType(), new IntType())))
                    .encode(GenericRowData.of(map)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write NULL into column 'f0.key', which is NOT NULL");
  }

  private static RowEncoder encoder(RowType type) {
    return RowEncoder.of(type, IntStream.range(0, type.getFieldCount()).toArray(), 1);
  }
}
