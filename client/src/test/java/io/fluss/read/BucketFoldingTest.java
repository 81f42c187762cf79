package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class BucketFoldingTest {

  @Test
  void withoutASizeReadersShareAQuarterOfTheHeap() {
    // Given
    BucketFolding folding = new BucketFolding(null, false);
    long heap = Runtime.getRuntime().maxMemory();

    // When // Then
    assertThat(1_000 * folding.memoryBytes(1_000)).isCloseTo(heap / 4, offset(4_000L));
    assertThat(folding.memoryBytes(1)).isEqualTo(Math.min(64L << 20, heap / 4));
    assertThatThrownBy(() -> folding.memoryBytes(0)).hasMessageContaining("no 0 parts");
  }

  @Test
  void aSizeHoldsForEachReader() {
    assertThat(new BucketFolding(1L << 20, false).memoryBytes(16)).isEqualTo(1 << 20);
  }
}
