package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryStoreTest extends LookupStoreContract {

  @Override
  LookupStore store() {
    return new MemoryStore();
  }

  @Test
  void takesNoMoreThan64BytesOfHeapPerRowBeyondKeyAndState() {
    // Given
    LookupStore store = store();
    int rows = 100_000;
    // When
    for (int i = 0; i < rows; i++) {
      store.apply(number(i), new byte[100]);
    }
    // Then
    assertThat(store.heapBytes() / (double) rows).isBetween(108.0, 108.0 + 64.0);
  }

  @Test
  void forgetsTheHeapOfRowsThatAreGone() {
    // Given
    LookupStore store = store();
    store.scan(new byte[0], (key, state) -> {});
    for (int i = 0; i < 1000; i++) {
      store.apply(number(i), new byte[100]);
    }
    long full = store.heapBytes();
    // When
    for (int i = 0; i < 1000; i++) {
      store.apply(number(i), new byte[50]);
    }
    long half = store.heapBytes();
    for (int i = 0; i < 1000; i++) {
      store.apply(number(i), null);
    }
    // Then
    assertThat(full - half).isEqualTo(1000 * 48);
    assertThat(store.heapBytes()).isLessThan(16_000);
  }
}
