package io.fluss.format.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.PlainValues;
import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyReaderTest {
  private static final RowType TEXT_AND_NUMBER =
      KeyTypes.rowOf(new VarCharType(false, 9), new IntType(false));

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsTheValuesThatWereWritten(int seed) {
    // Given
    Random random = new Random(seed);
    RowType type = KeyOrderTest.randomType(random);
    KeyEncoder encoder = KeyTypes.encoder(type);
    KeyReader reader = KeyReader.of(type.getChildren());
    for (RowData row : new KeyValues(random).rows(type, 20)) {

      // When
      byte[] key = encoder.encode(row, seed);
      KeyView view = reader.key(key);

      // Then
      assertThat(ColumnSets.of(key)).isEqualTo(seed);
      assertThat(KeyValues.compare(view, row, type, type.getFieldCount())).isZero();
      assertThat(encoder.encode(view, seed)).isEqualTo(key);
    }
  }

  /** The examples of {@code docs/format/primary-key-record.md}. */
  @Test
  void keysHaveTheBytesOfTheFormat() {
    assertThat(hex(GenericRowData.of(1L), new BigIntType())).isEqualTo("008000000000000001");
    assertThat(hex(row("a", -1), new VarCharType(9), new IntType())).isEqualTo("006100007fffffff");
    assertThat(hex(GenericRowData.of(new byte[] {0, 1}), new VarBinaryType(9)))
        .isEqualTo("0000ff010000");
    assertThat(hex(GenericRowData.of(-1.5d), new DoubleType())).isEqualTo("004007ffffffffffff");
  }

  private static String hex(RowData row, LogicalType... types) {
    return HexFormat.of().formatHex(KeyTypes.encoder(KeyTypes.rowOf(types)).encode(row, 0));
  }

  @Test
  void everyTruncationIsRefused() {
    // Given
    RowType type = KeyTypes.rowOf(KeyTypes.ALL);
    RowData row = new KeyValues(new Random(1)).rows(type, 1).get(0);
    byte[] key = KeyTypes.encoder(type).encode(row);
    KeyReader reader = KeyReader.of(type.getChildren());

    // When // Then
    for (int length = 0; length < key.length; length++) {
      byte[] truncated = Arrays.copyOf(key, length);
      assertThatThrownBy(() -> PlainValues.of(reader.view(truncated, 0), type))
          .isInstanceOf(CorruptBatchException.class)
          .hasMessageStartingWith("Cannot read key: ");
    }
  }

  @Test
  void keyThatDoesNotEndWithItsColumnsIsRefused() {
    // Given
    byte[] key = encode("a", 1);
    byte[] longer = Arrays.copyOf(key, key.length + 1);

    // When // Then
    assertThatThrownBy(() -> PlainValues.of(reader().view(longer, 0), TEXT_AND_NUMBER))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage("Cannot read key: its columns end at byte 7, the key at 8");
    assertThatThrownBy(() -> KeyReader.of(List.of(new IntType(false))).view(new byte[5], 0))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage("Cannot read key: its columns have 5 bytes, but need 4");
  }

  @Test
  void zeroByteThatIsNeitherEscapedNorTheEndIsRefused() {
    // Given
    byte[] key = {'a', 0, 7, 0, 0, 1, 2, 3, 4};

    // When // Then
    assertThatThrownBy(() -> reader().view(key, 0).getString(0))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessage("Cannot read key: column 0 starts at byte 0 and has no end");
  }

  @Test
  void unknownColumnSetNeedsANewerReader() {
    assertThatThrownBy(() -> ColumnSets.of(new byte[] {(byte) 128, 1}))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            "Cannot read key: its column set is 128, supported here: 0 to 127."
                + " Read it with a newer version.");
    assertThatThrownBy(() -> ColumnSets.of(new byte[0])).isInstanceOf(CorruptBatchException.class);
    assertThatThrownBy(() -> encoder().encode(row("a", 1), 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A column set's id is 0 to 127, not 128.");
  }

  @Test
  void nullAndNestedColumnsAreRefused() {
    assertThatThrownBy(() -> encoder().encode(GenericRowData.of(null, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write NULL into column 'k0', which is part of the primary key");
    assertThatThrownBy(() -> KeyTypes.encoder(KeyTypes.rowOf(new ArrayType(new IntType()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'k0' of type ARRAY<INT> cannot be part of the primary key."
                + " Use columns of scalar types.");
  }

  private static KeyReader reader() {
    return KeyReader.of(TEXT_AND_NUMBER.getChildren());
  }

  private static KeyEncoder encoder() {
    return KeyTypes.encoder(TEXT_AND_NUMBER);
  }

  private static byte[] encode(String text, int number) {
    return encoder().encode(row(text, number));
  }

  private static RowData row(String text, int number) {
    return GenericRowData.of(StringData.fromString(text), number);
  }
}
