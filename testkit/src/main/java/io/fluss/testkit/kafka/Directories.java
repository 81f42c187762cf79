package io.fluss.testkit.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary directories that leave nothing behind. */
final class Directories {

  private Directories() {}

  static Path temporary() {
    try {
      return Files.createTempDirectory("fluss-kafka-");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary directory for Kafka", e);
    }
  }

  static void delete(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> childrenFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : childrenFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      return; // Somebody else deleted it: the wish is fulfilled.
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the temporary directory " + root, e);
    }
  }
}
