package io.fluss.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {

  @TempDir Path directory;

  @Test
  void theFirstWordsAndTheLastOnesAreTold() {
    // Given
    Exception root = new IOException("disk full");
    Exception wrapped = new RuntimeException(new IllegalStateException("in between", root));

    // Then
    assertThat(FailureReason.of(new RuntimeException("Cannot write", wrapped)))
        .isEqualTo("Cannot write: disk full");
    assertThat(FailureReason.of(wrapped)).isEqualTo("in between: disk full");
    assertThat(FailureReason.of(new RuntimeException("Cannot write: disk full", root)))
        .isEqualTo("Cannot write: disk full");
    assertThat(FailureReason.of(new NullPointerException())).isEqualTo("NullPointerException");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    // Given
    Path file = Files.createFile(directory.resolve("file"));
    IOException failure = null;
    try {
      Files.createDirectories(file);
    } catch (IOException e) {
      failure = e;
    }

    // Then
    assertThat(FailureReason.of(new RuntimeException(new UncheckedIOException(failure))))
        .isEqualTo("'" + file + "' is a file, and has to be a directory");
  }
}
