package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import io.fluss.format.UnsupportedFormatException;
import io.fluss.format.bytes.LittleEndian;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptBatchTest {
  private static final RowType TYPE = RandomTypes.everyType();
  private static final ArrowBatchDecoder DECODER = ArrowBatchDecoder.of(TYPE);

  static Stream<ArrowCompression> codecs() {
    return Stream.of(
        ArrowCompression.none(), ArrowCompression.lz4Frame(), ArrowCompression.zstd(3));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyTruncationIsRefused(ArrowCompression codec) {
    // Given
    byte[] message = message(codec);
    IntStream lengths =
        IntStream.concat(
            IntStream.range(0, 64), IntStream.iterate(64, i -> i < message.length, i -> i + 97));

    // When // Then
    lengths.forEach(
        length ->
            assertThatThrownBy(() -> DECODER.decode(Arrays.copyOf(message, length)))
                .isInstanceOf(CorruptBatchException.class)
                .hasMessageStartingWith("Cannot read Arrow batch: "));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void damagedBytesAreRefusedOrRead(ArrowCompression codec) {
    // Given
    byte[] message = message(codec);
    Random random = new Random(7);
    int metadataEnd = 8 + LittleEndian.getInt(message, 4);
    int refused = 0;
    for (int round = 0; round < 6000; round++) {
      byte[] damaged = message.clone();
      int flips = 1 + random.nextInt(3);
      for (int i = 0; i < flips; i++) {
        int bound = random.nextBoolean() ? metadataEnd : message.length;
        damaged[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
      }

      // When
      try {
        PlainValues.of(DECODER.decode(damaged), TYPE);
      } catch (CorruptBatchException | UnsupportedFormatException e) {
        refused++;
      }
    }

    // Then
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void aBatchOfAnotherSchemaIsRefused() {
    // Given
    RowType other = RowType.of(new LogicalType[] {new IntType()}, new String[] {"a"});

    // When // Then
    assertThatThrownBy(() -> ArrowBatchDecoder.of(other).decode(message(ArrowCompression.none())))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining("but the schema has 1 and 2");
  }

  @Test
  void damageInAColumnThatIsNotProjectedIsNotSeen() {
    // Given
    byte[] message = message(ArrowCompression.zstd(3));
    Arrays.fill(message, message.length - 200, message.length, (byte) 0x55);

    // When
    ArrowRows rows = ArrowBatchDecoder.of(TYPE, new int[][] {{3}}).decode(message);

    // Then
    assertThat(rows.rowCount()).isEqualTo(40);
    assertThatThrownBy(() -> DECODER.decode(message)).isInstanceOf(CorruptBatchException.class);
  }

  private static byte[] message(ArrowCompression codec) {
    List<RowData> rows = new RandomRows(new Random(4)).rows(TYPE, 40);
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, codec, new BufferPool())) {
      rows.forEach(encoder::append);
      return encoder.encode();
    }
  }
}
