package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZstdMessageTest {

  @Test
  void givesBackEveryMessage() {
    Random random = new Random(3);
    for (int length : new int[] {1, 7, 900, 20_000}) {
      // Given
      byte[] message = new byte[length];
      random.nextBytes(message);

      // When
      byte[] frame = ZstdMessage.compress(message, 3);

      // Then
      assertThat(ZstdMessage.decompress(frame)).isEqualTo(message);
    }
  }

  @Test
  void refusesWhatIsNoWholeFrame() {
    byte[] frame = ZstdMessage.compress(new byte[1000], 3);

    assertThatThrownBy(() -> ZstdMessage.decompress(new byte[0]))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining("no zstd frame");
    assertThatThrownBy(() -> ZstdMessage.decompress(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .isInstanceOf(CorruptBatchException.class);
    for (int length = 1; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> ZstdMessage.decompress(cut))
          .isInstanceOf(CorruptBatchException.class);
    }
  }
}
