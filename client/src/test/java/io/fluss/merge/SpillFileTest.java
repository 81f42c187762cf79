package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {

  @TempDir Path parent;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedWithWhatIsOnIt() throws IOException {
    // Given
    SpillDirectory directory = new SpillDirectory("bucket 3 of table 'shop.orders'", parent, 64);
    SpillFile full = new SpillFile(directory, Path.of("/dev/full"), 1);
    full.write(1, 0, new byte[] {1}, 0, new byte[10]);

    // When, Then
    assertThatThrownBy(() -> full.write(2, 0, new byte[] {2}, 0, new byte[1000]))
        .isInstanceOf(SpillFailedException.class)
        .hasMessageStartingWith(
            "Cannot write to directory '"
                + parent
                + "' what does not fit into memory of bucket 3 of table 'shop.orders':"
                + " java.io.IOException: No space left on device. 20 bytes were written there, ")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void keysOfOneHashCannotBeParted() {
    // Given
    try (SpillDirectory directory = new SpillDirectory("a fold", parent, 64)) {
      SpillFile file = directory.newFile(1);

      // When
      file.write(7, 0, new byte[] {1}, 0, null);
      file.write(7, 0, new byte[] {2}, 0, null);
      boolean ofOneHash = file.separable();
      file.write(8, 0, new byte[] {3}, 0, null);

      // Then
      assertThat(ofOneHash).isFalse();
      assertThat(file.separable()).isTrue();
    }
  }
}
