package io.fluss.lookup;

import io.fluss.FlussException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * A directory for a table's local files that this process has for itself. Several processes of a
 * machine may be given the same parent: each takes the first one, numbered from 0, that no other
 * holds, so that a process that starts again finds the files of the one before it.
 */
final class LocalDirectory implements AutoCloseable {

  private static final int MOST_PROCESSES = 1000;

  private final Path path;
  private final FileChannel lockFile;

  private LocalDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Whether any process has left files of the table here. */
  static boolean hasFiles(Path parent, UUID table) {
    return Files.exists(numbered(parent, table, 0));
  }

  /**
   * Takes a directory, which may not exist yet; the caller closes this to give it back.
   *
   * @throws FlussException where the parent cannot be written to
   */
  static LocalDirectory take(Path parent, UUID table) {
    try {
      Files.createDirectories(parent);
      for (int number = 0; number < MOST_PROCESSES; number++) {
        Path path = numbered(parent, table, number);
        FileChannel lockFile = lock(path.resolveSibling(path.getFileName() + ".lock"));
        if (lockFile != null) {
          return new LocalDirectory(path, lockFile);
        }
      }
    } catch (IOException e) {
      throw new FlussException(
          "Cannot keep rows for lookups in '"
              + parent
              + "': "
              + e
              + ". Set 'lookup.local-dir' to a directory that task managers can write to.",
          e);
    }
    throw new FlussException(
        MOST_PROCESSES
            + " processes keep rows of table "
            + table
            + " in '"
            + parent
            + "'. Set 'lookup.local-dir' to another directory.");
  }

  private static Path numbered(Path parent, UUID table, int number) {
    return parent.resolve(table + "-" + number);
  }

  private static @Nullable FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this process.
    }
    channel.close();
    return null;
  }

  Path path() {
    return path;
  }

  /** Deletes the directory and all that is in it, and keeps it taken. */
  void deleteFiles() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete '" + path + "'.", e);
    }
  }

  /** Gives the directory back; its files stay. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give '" + path + "' back.", e);
    }
  }
}
