package io.fluss.format.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyOrderTest {

  static Stream<LogicalType> types() {
    return KeyTypes.ALL.stream();
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("types")
  void byteOrderIsValueOrder(LogicalType type) {
    // Given
    List<Object> values = new KeyValues(new Random(3)).of(type);
    KeyEncoder encoder = KeyTypes.encoder(KeyTypes.rowOf(type));
    for (Object a : values) {
      for (Object b : values) {

        // When
        byte[] keyOfA = encoder.encode(GenericRowData.of(a));
        byte[] keyOfB = encoder.encode(GenericRowData.of(b));

        // Then
        assertThat(Integer.signum(Arrays.compareUnsigned(keyOfA, keyOfB)))
            .as("%s and %s", a, b)
            .isEqualTo(Integer.signum(KeyValues.compare(a, b)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void byteOrderIsTheOrderOfTheColumnsOneAfterTheOther(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = randomType(random);
    List<RowData> rows = new KeyValues(random).rows(type, 20);
    KeyEncoder encoder = KeyTypes.encoder(type);
    for (RowData a : rows) {
      for (RowData b : rows) {

        // When
        int order = Arrays.compareUnsigned(encoder.encode(a, 0), encoder.encode(b, 0));

        // Then
        assertThat(Integer.signum(order))
            .as("%s and %s", a, b)
            .isEqualTo(Integer.signum(KeyValues.compare(a, b, type, type.getFieldCount())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keysBeginWithTheBytesOfAPrefixJustWhereTheirFirstColumnsAreEqual(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = randomType(random);
    List<RowData> rows = new KeyValues(random).rows(type, 20);
    int columns = 1 + random.nextInt(type.getFieldCount());
    KeyEncoder prefixes = KeyTypes.encoder(type, columns);
    KeyEncoder keys = KeyTypes.encoder(type);
    for (RowData a : rows) {
      for (RowData b : rows) {

        // When
        byte[] prefix = prefixes.encode(a);
        byte[] key = keys.encode(b);

        // Then
        int length = Math.min(prefix.length, key.length);
        assertThat(Arrays.equals(prefix, Arrays.copyOf(key, length)))
            .as("%s begins %s", a, b)
            .isEqualTo(KeyValues.compare(a, b, type, columns) == 0);
      }
    }
  }

  static RowType randomType(Random random) {
    List<LogicalType> types = new ArrayList<>();
    int columns = 1 + random.nextInt(4);
    for (int i = 0; i < columns; i++) {
      types.add(KeyTypes.ALL.get(random.nextInt(KeyTypes.ALL.size())));
    }
    return KeyTypes.rowOf(types);
  }
}
