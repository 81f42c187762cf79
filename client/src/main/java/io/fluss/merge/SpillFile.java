package io.fluss.merge;

import io.fluss.format.key.ColumnSets;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/**
 * Records in a file, in the order in which they were written: written, finished, read, deleted. In
 * place of a key's first records there may be the state they led to. One thread.
 *
 * <pre>
 *   int key columns' length | int value's length, -1: none | byte column set | key columns | value
 * </pre>
 */
final class SpillFile {

  /** In place of a column set: the value is the state of the key before its records here. */
  static final byte STATE = -1;

  private static final int NO_VALUE = -1;
  private static final int HEADER_BYTES = 2 * Integer.BYTES + Byte.BYTES;

  private final SpillDirectory directory;
  private final Path path;
  private final int depth;
  private final OutputStream file;
  private final DataOutputStream out;
  private long records;
  private long firstHash;
  private boolean separable;

  /**
   * @param path where to write; what is there is overwritten
   * @param depth how often the keys of this file have been parted from others
   */
  SpillFile(SpillDirectory directory, Path path, int depth) throws IOException {
    this.directory = directory;
    this.path = path;
    this.depth = depth;
    this.file = Files.newOutputStream(path);
    this.out = new DataOutputStream(new BufferedOutputStream(file, directory.bufferBytes()));
  }

  int depth() {
    return depth;
  }

  /** Whether not all keys have the same hash, so that they can be parted further. */
  boolean separable() {
    return separable;
  }

  /**
   * Appends a record.
   *
   * @param hash of the key columns
   * @param columnSet of the record, or {@link #STATE}
   * @param key an array that has the key columns from the offset to its end
   */
  void write(long hash, int columnSet, byte[] key, int offset, @Nullable byte[] value) {
    if (records == 0) {
      firstHash = hash;
    }
    separable |= hash != firstHash;
    int keyLength = key.length - offset;
    int valueLength = value == null ? NO_VALUE : value.length;
    try {
      out.writeInt(keyLength);
      out.writeInt(valueLength);
      out.writeByte(columnSet);
      out.write(key, offset, keyLength);
      if (value != null) {
        out.write(value);
      }
    } catch (IOException e) {
      throw directory.failure("write to", e);
    }
    records++;
    directory.wrote((long) HEADER_BYTES + keyLength + Math.max(0, valueLength));
  }

  /** Ends the writing. */
  void finish() {
    try {
      out.close();
    } catch (IOException e) {
      throw directory.failure("write to", e);
    }
  }

  /** Reads all records, each as the key and the value of a Kafka record; {@link #STATE} too. */
  void forEach(BiConsumer<byte[], byte[]> records) {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(path), directory.bufferBytes()))) {
      for (long i = 0; i < this.records; i++) {
        int keyLength = in.readInt();
        int valueLength = in.readInt();
        byte[] key = new byte[ColumnSets.BYTES + keyLength];
        in.readFully(key);
        byte[] value = null;
        if (valueLength != NO_VALUE) {
          value = new byte[valueLength];
          in.readFully(value);
        }
        records.accept(key, value);
      }
    } catch (IOException e) {
      throw directory.failure("read from", e);
    }
  }

  /** Deletes the file, in whatever state it is. */
  void delete() {
    try {
      // Not the buffered stream: that would first write what is left in its buffer.
      file.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw directory.failure("delete from", e);
    }
    directory.deleted(this);
  }
}
