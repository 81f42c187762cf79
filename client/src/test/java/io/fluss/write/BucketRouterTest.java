package io.fluss.write;

import static io.fluss.write.WriteFixtures.UNCOMPRESSED;
import static io.fluss.write.WriteFixtures.rowType;
import static io.fluss.write.WriteFixtures.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.options.NoKeyAssigner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
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

class BucketRouterTest {

  /**
   * Bytes and buckets of {@code docs/format/bucketing.md}, computed by another program. They hold
   * for good: a change would scatter the rows of existing tables.
   */
  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(new IntType(), null, "00", 7),
        Arguments.of(new BooleanType(), true, "0101", 11),
        Arguments.of(new TinyIntType(), (byte) -1, "01ffffffffffffffff", 7),
        Arguments.of(new IntType(), 42, "012a00000000000000", 6),
        Arguments.of(new IntType(false), 42, "012a00000000000000", 6),
        Arguments.of(new BigIntType(), 42L, "012a00000000000000", 6),
        Arguments.of(new BigIntType(), 1L << 40, "010000000000010000", 0),
        Arguments.of(new FloatType(), 1.5f, "01000000000000f83f", 3),
        Arguments.of(new DoubleType(), -0.0d, "010000000000000000", 9),
        Arguments.of(
            new VarCharType(20), StringData.fromString("Käse"), "01050000004bc3a47365", 12),
        Arguments.of(new VarBinaryType(3), new byte[] {0, 1, -1}, "01030000000001ff", 4),
        Arguments.of(new DecimalType(5, 2), decimal("123.45", 5, 2), "013930000000000000", 1),
        Arguments.of(
            new DecimalType(38, 0),
            decimal("100000000000000000000", 38, 0),
            "0109000000056bc75e2d63100000",
            13),
        Arguments.of(
            new TimestampType(9),
            TimestampData.fromEpochMillis(1000, 2),
            "01e80300000000000002000000",
            4),
        Arguments.of(new DateType(), 19_000, "01384a000000000000", 6));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void keyBytesAndBucketAreThoseOfTheFormat(
      LogicalType type, Object value, String bytes, int bucket) {
    // Given
    KeyedBucketRouter router =
        KeyedBucketRouter.of(table(16, List.of("f0"), rowType(type), UNCOMPRESSED));

    // When
    GenericRowData row = GenericRowData.of(value);

    // Then
    assertThat(HexFormat.of().formatHex(router.keyBytes(row))).isEqualTo(bytes);
    assertThat(router.bucket(row)).isEqualTo(bucket);
  }

  @Test
  void keyOfTwoColumnsFollowsTheOrderOfTheBucketKey() {
    // Given
    KeyedBucketRouter router =
        KeyedBucketRouter.of(
            table(
                16, List.of("f1", "f0"), rowType(new VarCharType(9), new IntType()), UNCOMPRESSED));

    // When
    GenericRowData row = GenericRowData.of(StringData.fromString("a"), 42);

    // Then
    assertThat(HexFormat.of().formatHex(router.keyBytes(row)))
        .isEqualTo("012a00000000000000010100000061");
    assertThat(router.bucket(row)).isEqualTo(6);
  }

  @Test
  void hashIsThePublishedMurmur3() {
    byte[] hello = "hello, world".getBytes(StandardCharsets.UTF_8);
    assertThat(Murmur3.hash(hello, hello.length)).isEqualTo(0x149bbb7f);
    assertThat(Murmur3.hash(hello, 5)).isEqualTo(0x248bfa47);
    assertThat(Murmur3.hash(hello, 0)).isZero();
  }

  @Test
  void refusesAKeyThatIsNotScalar() {
    assertThatThrownBy(
            () ->
                KeyedBucketRouter.of(
                    table(2, List.of("f0"), rowType(new ArrayType(new IntType())), UNCOMPRESSED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'f0' of type ARRAY<INT> cannot be part of the bucket key. Use columns of scalar types.");
  }

  @Test
  void roundRobinTakesTheNextBucketForEachRow() {
    // Given
    BucketRouter router =
        BucketRouter.of(
            table(3, List.of(), rowType(new IntType()), UNCOMPRESSED), NoKeyAssigner.ROUND_ROBIN);

    // When
    int first = router.bucket(GenericRowData.of(1));
    int[] next = IntStream.range(0, 3).map(i -> router.bucket(GenericRowData.of(i))).toArray();

    // Then
    assertThat(next).containsExactly((first + 1) % 3, (first + 2) % 3, first);
  }

  private static DecimalData decimal(String value, int precision, int scale) {
    return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
  }
}
