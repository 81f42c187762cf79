package io.fluss.write;

import static io.fluss.write.WriteFixtures.rowType;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaimonBucketKeyTest {

  /**
   * Bytes and buckets of {@code docs/format/bucketing.md}, computed by Paimon. They hold for good:
   * a change would scatter the rows of existing tables.
   */
  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(new IntType(), null, "00010000000000000000000000000000", 0),
        Arguments.of(new BooleanType(), true, "00000000000000000100000000000000", 14),
        Arguments.of(new TinyIntType(), (byte) -1, "0000000000000000ff00000000000000", 3),
        Arguments.of(new IntType(), 42, "00000000000000002a00000000000000", 5),
        Arguments.of(new IntType(false), 42, "00000000000000002a00000000000000", 5),
        Arguments.of(new IntType(), -42, "0000000000000000d6ffffff00000000", 14),
        Arguments.of(new BigIntType(), 1L << 40, "00000000000000000000000000010000", 6),
        Arguments.of(new FloatType(), 1.5f, "00000000000000000000c03f00000000", 11),
        Arguments.of(new DoubleType(), -0.0d, "00000000000000000000000000000000", 11),
        Arguments.of(
            new VarCharType(20),
            StringData.fromString("Käse"),
            "00000000000000004bc3a47365000085",
            11),
        Arguments.of(
            new VarCharType(20),
            StringData.fromString("ein Käse"),
            "0000000000000000090000001000000065696e204bc3a4736500000000000000",
            11),
        Arguments.of(
            new VarBinaryType(3), new byte[] {0, 1, -1}, "00000000000000000001ff0000000083", 15),
        Arguments.of(
            new DecimalType(5, 2), decimal("123.45", 5, 2), "00000000000000003930000000000000", 14),
        Arguments.of(
            new DecimalType(38, 0),
            decimal("100000000000000000000", 38, 0),
            "00000000000000000900000010000000056bc75e2d6310000000000000000000",
            1),
        Arguments.of(
            new DecimalType(38, 0),
            null,
            "0001000000000000000000001000000000000000000000000000000000000000",
            8),
        Arguments.of(
            new TimestampType(3),
            TimestampData.fromEpochMillis(1000),
            "0000000000000000e803000000000000",
            5),
        Arguments.of(
            new TimestampType(9),
            TimestampData.fromEpochMillis(1000, 2),
            "00000000000000000200000010000000e803000000000000",
            11),
        Arguments.of(new DateType(), 19_000, "0000000000000000384a000000000000", 15));
  }

  private static DecimalData decimal(String value, int precision, int scale) {
    return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void keyBytesAndBucketAreThoseOfTheFormat(
      LogicalType type, Object value, String bytes, int bucket) {
    // Given
    PaimonBucketKey key = new PaimonBucketKey(List.of("f0"), rowType(type));

    // When
    GenericRowData row = GenericRowData.of(value);

    // Then
    assertThat(HexFormat.of().formatHex(key.bytes(row))).isEqualTo(bytes);
    assertThat(key.bucket(row, 16)).isEqualTo(bucket);
  }

  @Test
  void keyOfTwoColumnsFollowsTheOrderOfTheBucketKey() {
    // Given
    PaimonBucketKey key =
        new PaimonBucketKey(List.of("f1", "f0"), rowType(new VarCharType(9), new IntType()));

    // When
    GenericRowData row = GenericRowData.of(StringData.fromString("a"), 42);

    // Then
    assertThat(HexFormat.of().formatHex(key.bytes(row)))
        .isEqualTo("00000000000000002a000000000000006100000000000081");
    assertThat(key.bucket(row, 16)).isEqualTo(14);
  }

  @Test
  void nothingIsLeftOfTheRowBefore() {
    // Given
    PaimonBucketKey key =
        new PaimonBucketKey(List.of("f0", "f1"), rowType(new VarCharType(90), new IntType()));
    GenericRowData row = GenericRowData.of(StringData.fromString("short"), 1);
    byte[] alone = key.bytes(row);

    // When
    key.bytes(GenericRowData.of(StringData.fromString("x".repeat(500)), null));

    // Then
    assertThat(key.bytes(row)).isEqualTo(alone);
  }

  @Test
  void numbersThatSqlTakesForEqualAreInOneBucket() {
    PaimonBucketKey floats = new PaimonBucketKey(List.of("f0"), rowType(new FloatType()));
    PaimonBucketKey doubles = new PaimonBucketKey(List.of("f0"), rowType(new DoubleType()));

    assertThat(floats.bytes(GenericRowData.of(-0.0f)))
        .isEqualTo(floats.bytes(GenericRowData.of(0.0f)));
    assertThat(doubles.bytes(GenericRowData.of(Double.longBitsToDouble(0x7ff8000000000001L))))
        .isEqualTo(doubles.bytes(GenericRowData.of(Double.NaN)));
  }
}
