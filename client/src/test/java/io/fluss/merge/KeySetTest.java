package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySetTest {

  private static final int SKIPPED = 1;

  @Test
  void knowsWhichKeysWereAdded() {
    // Given: keys of any length, the empty one too
    KeySet keys = new KeySet(16 << 20);
    assertThat(keys.isEmpty()).isTrue();
    IntStream.range(0, 20_000).filter(i -> i % 2 == 0).forEach(i -> keys.add(key(i), SKIPPED));
    IntStream.range(0, 20_000).filter(i -> i % 4 == 0).forEach(i -> keys.add(key(i), SKIPPED));
    keys.add(new byte[] {7}, SKIPPED);

    // Then
    assertThat(keys.isExact()).isTrue();
    assertThat(keys.isEmpty()).isFalse();
    for (int i = 0; i < 20_000; i++) {
      assertThat(contains(keys, key(i))).isEqualTo(i % 2 == 0);
    }
    assertThat(keys.mayContain(new byte[] {1, 2, 3}, 2, 2)).isTrue();
  }

  @Test
  void keysAreTakenOutOfTheMiddleOfAnArray() {
    // Given
    KeySet keys = new KeySet(1 << 20);
    keys.add("-key".getBytes(StandardCharsets.UTF_8), SKIPPED);
    byte[] scratch = "stale key stale".getBytes(StandardCharsets.UTF_8);

    // Then
    assertThat(keys.mayContain(scratch, 6, 9)).isTrue();
    assertThat(keys.mayContain(scratch, 6, 10)).isFalse();
  }

  @Test
  void beyondItsMemoryItErrsOnOneSideOnly() {
    // Given
    KeySet keys = new KeySet(128 * 1024);
    IntStream.range(0, 20_000).forEach(i -> keys.add(key(i), SKIPPED));

    // Then
    assertThat(keys.isExact()).isFalse();
    assertThat(IntStream.range(0, 20_000)).allMatch(i -> contains(keys, key(i)));
    long wrong = IntStream.range(20_000, 40_000).filter(i -> contains(keys, key(i))).count();
    assertThat(wrong).isLessThan(2_000);
  }

  private static boolean contains(KeySet keys, byte[] key) {
    return keys.mayContain(key, SKIPPED, key.length);
  }

  /** Behind the column set, which does not count. */
  private static byte[] key(int i) {
    return ((char) (i % 100) + "key" + "x".repeat(i % 7) + i).getBytes(StandardCharsets.UTF_8);
  }
}
