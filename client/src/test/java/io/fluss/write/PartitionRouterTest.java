package io.fluss.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionRouterTest {

  private static final int ROWS = 2_000;
  private static final int DAYS = 20_000;

  /** Each type that a partition key can have, with a random value of few, so that they repeat. */
  static Stream<Arguments> types() {
    return Stream.of(
        type(new BooleanType(), r -> r.nextBoolean()),
        type(new TinyIntType(), r -> (byte) r.nextInt()),
        type(new SmallIntType(), r -> (short) r.nextInt(300)),
        type(new IntType(), r -> r.nextInt(300) - 150),
        type(new BigIntType(false), r -> (r.nextInt(300) - 150L) << 40),
        type(new FloatType(), r -> List.of(0f, -0f, Float.NaN, 1.5f).get(r.nextInt(4))),
        type(new DoubleType(), r -> List.of(0d, -0d, Double.NaN, -1e300).get(r.nextInt(4))),
        type(new DecimalType(9, 2), r -> decimal(r.nextInt(300), 9)),
        type(new DecimalType(30, 2), r -> decimal(r.nextLong() >> 55, 30)),
        type(new CharType(2), r -> text(r, 2)),
        type(VarCharType.STRING_TYPE, r -> text(r, r.nextInt(4))),
        type(new VarBinaryType(3), r -> new byte[] {(byte) r.nextInt(20), 0}),
        type(new DateType(), r -> r.nextInt(DAYS)),
        type(new TimeType(3), r -> r.nextInt(86_400_000)),
        type(new TimestampType(9), r -> TimestampData.fromEpochMillis(r.nextInt(99), r.nextInt(3))),
        type(new LocalZonedTimestampType(3), r -> TimestampData.fromEpochMillis(-r.nextInt(99))));
  }

  private static Arguments type(LogicalType type, Function<Random, Object> value) {
    return Arguments.of(type, value);
  }

  @ParameterizedTest
  @MethodSource("types")
  void rowsOfOnePartitionHaveOneNumber(LogicalType type, Function<Random, Object> value) {
    // Given
    RowType rows = WriteFixtures.rowType(new BigIntType(), type, new IntType());
    TableInfo table = partitioned(rows, "f2", "f1");
    PartitionKeys keys = PartitionKeys.of(table);
    PartitionRouter router = new PartitionRouter(table, rows);
    PartitionHash hash = PartitionHash.of(table, rows);
    Random random = new Random(42);
    Map<PartitionName, Integer> numbers = new HashMap<>();

    // When
    for (int i = 0; i < ROWS; i++) {
      RowData row = GenericRowData.of((long) i, value.apply(random), random.nextInt(3));
      PartitionName name =
          keys.nameOf(
              GenericRowData.of(
                  ((GenericRowData) row).getField(2), ((GenericRowData) row).getField(1)));
      int number = router.partition(row);

      // Then
      assertThat(router.name(number)).isEqualTo(name);
      assertThat(number).isEqualTo(numbers.computeIfAbsent(name, n -> numbers.size()));
      assertThat(hash.of(row)).isEqualTo(hash.of(name));
    }
    assertThat(router.count()).isEqualTo(numbers.size()).isGreaterThan(1);
  }

  @Test
  void numbersStayWhileThereAreMoreAndMore() {
    // Given
    RowType rows = WriteFixtures.rowType(new IntType());
    PartitionRouter router = new PartitionRouter(partitioned(rows, "f0"), rows);

    // When
    IntStream.range(0, 5_000).forEach(i -> router.partition(GenericRowData.of(i)));

    // Then
    assertThat(IntStream.range(0, 5_000))
        .allSatisfy(i -> assertThat(router.partition(GenericRowData.of(i))).isEqualTo(i));
  }

  @Test
  void aRowWithoutPartitionDoesNotGoToThatOfTheRowBefore() {
    // Given
    RowType rows = WriteFixtures.rowType(VarCharType.STRING_TYPE);
    PartitionRouter router = new PartitionRouter(partitioned(rows, "f0"), rows);
    router.partition(GenericRowData.of(StringData.fromString("")));

    // When // Then
    assertThatThrownBy(() -> router.partition(GenericRowData.of((Object) null)))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("has null in its partition key 'f0'");
    assertThat(router.count()).isEqualTo(1);
  }

  private static TableInfo partitioned(RowType rows, String... keys) {
    return WriteFixtures.table(2, List.of(keys), List.of(), rows, WriteFixtures.UNCOMPRESSED);
  }

  private static DecimalData decimal(long unscaled, int precision) {
    return DecimalData.fromBigDecimal(BigDecimal.valueOf(unscaled, 2), precision, 2);
  }

  private static StringData text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("aé/_.€".charAt(random.nextInt(6)));
    }
    return StringData.fromString(text.toString());
  }
}
