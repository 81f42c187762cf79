package io.fluss.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * The files of one fold, in a directory of their own that is made with the first of them and gone
 * after {@link #close()}. One thread.
 */
final class SpillDirectory implements AutoCloseable {

  private static final String PREFIX = "fluss-fold-";

  private final String name;
  private final Path parent;
  private final int bufferBytes;
  private final Set<SpillFile> files = new LinkedHashSet<>();
  @Nullable private Path directory;
  private long writtenBytes;
  private int made;

  /**
   * @param name what is folded, for messages
   * @param parent an existing directory
   * @param bufferBytes buffer of each open file
   */
  SpillDirectory(String name, Path parent, int bufferBytes) {
    this.name = name;
    this.parent = parent;
    this.bufferBytes = bufferBytes;
  }

  int bufferBytes() {
    return bufferBytes;
  }

  /** All bytes written so far, those of deleted files too. */
  long writtenBytes() {
    return writtenBytes;
  }

  /** A new file; it belongs to this directory. */
  SpillFile newFile(int depth) {
    try {
      if (directory == null) {
        directory = Files.createTempDirectory(parent, PREFIX);
      }
      SpillFile file = new SpillFile(this, directory.resolve(String.valueOf(made++)), depth);
      files.add(file);
      return file;
    } catch (IOException e) {
      throw failure("write to", e);
    }
  }

  void wrote(long bytes) {
    writtenBytes += bytes;
  }

  void deleted(SpillFile file) {
    files.remove(file);
  }

  SpillFailedException failure(String action, IOException cause) {
    return new SpillFailedException(
        "Cannot "
            + action
            + " directory '"
            + (directory == null ? parent : directory)
            + "' what does not fit into memory of "
            + name
            + ": "
            + cause
            + ". "
            + writtenBytes
            + " bytes were written there, "
            + usableBytes()
            + " bytes are free. Make room there, take another directory, or give the query more"
            + " memory.",
        cause);
  }

  private String usableBytes() {
    try {
      return String.valueOf(Files.getFileStore(parent).getUsableSpace());
    } catch (IOException e) {
      return "an unknown number of";
    }
  }

  /** Deletes all files, all that can be if one cannot. */
  @Override
  public void close() {
    SpillFailedException failure = null;
    for (SpillFile file : List.copyOf(files)) {
      try {
        file.delete();
      } catch (SpillFailedException e) {
        failure = first(failure, e);
      }
    }
    try {
      if (directory != null) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      failure = first(failure, failure("delete", e));
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static SpillFailedException first(
      @Nullable SpillFailedException first, SpillFailedException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
