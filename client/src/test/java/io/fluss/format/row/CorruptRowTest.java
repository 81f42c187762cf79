package io.fluss.format.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class CorruptRowTest {
  private static final RowType TYPE = RandomTypes.everyType();
  private static final RowReader READER = RowReader.of(TYPE.getChildren());

  @Test
  void everyTruncationIsRefused() {
    byte[] value = value(1);
    for (int length = 0; length < value.length; length++) {
      byte[] truncated = Arrays.copyOf(value, length);
      assertThatThrownBy(() -> READER.read(truncated))
          .isInstanceOf(CorruptBatchException.class)
          .hasMessageStartingWith("Cannot read ");
    }
  }

  @Test
  void damagedBytesAreRefusedOrRead() {
    // Given
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = value(round % 20);
      int flips = 1 + random.nextInt(3);
      for (int i = 0; i < flips; i++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }

      // When
      try {
        if (ValueHeader.kind(damaged) == ValueKind.ROW) {
          PlainValues.of(READER.read(damaged), TYPE);
        }
      } catch (CorruptBatchException | UnsupportedFormatException e) {
        refused++;
      }
    }

    // Then
    assertThat(refused).isGreaterThan(2000);
  }

  @Test
  void unknownVersionsAndKindsNeedANewerReader() {
    byte[] version = value(1);
    version[0] = 2;
    assertThatThrownBy(() -> READER.read(version))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            "Cannot read value: its format version is 2, supported here: 1 to 1."
                + " Read it with a newer version.");
    byte[] kind = value(1);
    kind[1] = 9;
    assertThatThrownBy(() -> READER.read(kind))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            "Cannot read value: its kind is 9, supported here: [ROW, PARTIAL_DELETE, DELETE,"
                + " LAYERS]. Read it with a newer version.");
  }

  @Test
  void partialDeleteHasNoRow() {
    // Given
    byte[] marker = RowEncoder.partialDelete(65_535);

    // When // Then
    assertThat(ValueHeader.kind(marker)).isEqualTo(ValueKind.PARTIAL_DELETE);
    assertThat(ValueHeader.schemaVersion(marker)).isEqualTo(65_535);
    assertThatThrownBy(() -> READER.read(marker)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] value(int seed) {
    int[] all = IntStream.range(0, TYPE.getFieldCount()).toArray();
    return RowEncoder.of(TYPE, all, 1)
        .encode(new RandomRows(new Random(seed)).rows(TYPE, 1).get(0));
  }
}
