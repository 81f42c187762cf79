package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class ZstdLevelsTest {

  private static final int ROWS = 14_000;

  /** Of these two, level 2 makes the first smaller, level 3 the second. */
  private static final RowType TYPE =
      RowType.of(new LogicalType[] {new BigIntType(false), new DoubleType(false)});

  @Test
  void triesBothLevelsInTheSecondBatchAndThenRarely() {
    // Given
    ZstdLevels levels = ZstdLevels.upTo(3);

    // When
    StringBuilder probes = new StringBuilder();
    for (int batch = 1; batch <= 70; batch++) {
      probes.append(levels.probes(5) ? batch + " " : "");
    }

    // Then
    assertThat(probes).hasToString("2 34 66 ");
  }

  @Test
  void usesTheLevelThatWasSmallerForEachBuffer() {
    // Given
    ZstdLevels levels = ZstdLevels.upTo(9);
    for (int batch = 1; batch <= 2; batch++) {
      levels.probes(0);
      levels.probes(40);
    }

    // When
    levels.probed(0, 1000, 1001);
    levels.probed(40, 1000, 999);

    // Then
    assertThat(levels.levelOf(0)).isEqualTo(9);
    assertThat(levels.levelOf(40)).isEqualTo(8);
    assertThat(levels.levelOf(41)).as("not tried yet").isEqualTo(9);
  }

  @Test
  void neverTriesAnotherLevelWhereThereIsNoLowerOne() {
    ZstdLevels lowest = ZstdLevels.upTo(1);
    assertThat(lowest.probes(0) || lowest.probes(0) || lowest.probes(0)).isFalse();
    ZstdLevels fixed = ZstdLevels.fixed(3);
    assertThat(fixed.probes(0) || fixed.probes(0) || fixed.probes(0)).isFalse();
  }

  @Test
  void makesBatchesSmallerThanEitherLevelAlone() {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(TYPE, ArrowCompression.zstd(3), new BufferPool())) {
      // Given
      append(encoder);
      int level3 = encoder.encode().length;
      int level2 = lengthAtFixedLevel2();

      // When
      byte[] probing = encoder.encode();
      byte[] chosen = encoder.encode();

      // Then
      assertThat(chosen.length).isLessThan(Math.min(level2, level3)).isEqualTo(probing.length);
      assertSameRows(chosen);
      assertSameRows(probing);
    }
  }

  /** A new encoder's first batch is not a probe, and uses the level asked for. */
  private static int lengthAtFixedLevel2() {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(TYPE, ArrowCompression.zstd(2), new BufferPool())) {
      append(encoder);
      return encoder.encode().length;
    }
  }

  private static void append(ArrowBatchEncoder encoder) {
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      encoder.append(row(random));
    }
  }

  private static void assertSameRows(byte[] message) {
    ArrowRows rows = ArrowBatchDecoder.of(TYPE).decode(message);
    Random random = new Random(1);
    assertThat(rows.rowCount()).isEqualTo(ROWS);
    for (int i = 0; i < ROWS; i++) {
      GenericRowData expected = row(random);
      assertThat(rows.row(i).getLong(0)).isEqualTo(expected.getLong(0));
      assertThat(rows.row(i).getDouble(1)).isEqualTo(expected.getDouble(1));
    }
  }

  private static GenericRowData row(Random random) {
    return GenericRowData.of((long) random.nextInt(5000), random.nextInt(30) / 100.0);
  }
}
