package io.fluss.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeySetTest {

  private static byte[] key(Random random) {
    byte[] key = new byte[random.nextInt(6)];
    random.nextBytes(key);
    return key;
  }

  @Test
  void hasTheKeysThatWereAddedAndNoOthers() {
    // Given
    KeySet keys = new KeySet();
    Set<ByteBuffer> expected = new HashSet<>();
    Random random = new Random(5);

    for (int filling = 0; filling < 2; filling++) {
      // When
      for (int i = 0; i < 20_000; i++) {
        byte[] key = key(random);
        keys.add(key);
        expected.add(ByteBuffer.wrap(key));
      }

      // Then
      assertThat(keys.size()).isEqualTo(expected.size());
      for (int i = 0; i < 40_000; i++) {
        byte[] key = key(random);
        byte[] longer = Arrays.copyOf(key, key.length + random.nextInt(3));
        assertThat(keys.contains(longer, key.length))
            .isEqualTo(expected.contains(ByteBuffer.wrap(key)));
      }
      keys.clear();
      expected.clear();
      assertThat(keys.contains(new byte[] {1}, 1)).isFalse();
    }
  }
}
