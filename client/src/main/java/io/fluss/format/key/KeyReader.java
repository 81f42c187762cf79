package io.fluss.format.key;

import io.fluss.format.CorruptBatchException;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads keys of columns of these types in place. Columns of fixed width before the first of
 * variable width lie at the same place in every key. Immutable.
 */
public final class KeyReader {
  private final KeyType[] types;

  /** Where each column starts, up to and with the first behind a column of variable width. */
  private final int[] starts;

  private final int knownStarts;
  private final int minSize;

  private KeyReader(KeyType[] types) {
    this.types = types;
    this.starts = new int[types.length];
    int known = 0;
    int size = 0;
    boolean variableBefore = false;
    for (int i = 0; i < types.length; i++) {
      if (!variableBefore) {
        starts[i] = size;
        known++;
      }
      variableBefore |= types[i].variable();
      size += types[i].variable() ? Escapes.TERMINATOR_BYTES : types[i].width();
    }
    this.knownStarts = variableBefore ? known : Integer.MAX_VALUE;
    this.minSize = size;
  }

  /**
   * @param keyTypes types of the key columns, in the order of the key
   * @throws IllegalArgumentException where a type cannot be part of a key
   */
  public static KeyReader of(List<LogicalType> keyTypes) {
    return new KeyReader(keyTypes.stream().map(KeyType::of).toArray(KeyType[]::new));
  }

  /**
   * The key columns of a Kafka record's key, whatever its column set.
   *
   * @throws CorruptBatchException where the key is too short
   */
  public KeyView key(byte[] recordKey) {
    return view(recordKey, ColumnSets.BYTES);
  }

  /**
   * The key columns that start at the offset and end with the array. Reads from it as asked: the
   * array may not change.
   *
   * @throws CorruptBatchException where there are too few bytes, or too many for columns of fixed
   *     width; for others that is found when they are read
   */
  public KeyView view(byte[] bytes, int offset) {
    int size = bytes.length - offset;
    if (size < minSize || size > minSize && knownStarts == Integer.MAX_VALUE) {
      throw new CorruptBatchException(
          "Cannot read key: its columns have "
              + size
              + " bytes, but need "
              + (knownStarts == Integer.MAX_VALUE ? "" : "at least ")
              + minSize);
    }
    return new KeyView(this, bytes, offset);
  }

  int arity() {
    return types.length;
  }

  KeyType type(int column) {
    return types[column];
  }

  /** Whether the column starts at {@link #start} in every key. */
  boolean startKnown(int column) {
    return column < knownStarts;
  }

  int start(int column) {
    return starts[column];
  }

  /**
   * Where each column of this key starts, and where the last ends.
   *
   * @throws CorruptBatchException where the key's bytes are not those of its columns
   */
  int[] starts(byte[] bytes, int offset) {
    int[] found = new int[types.length + 1];
    int at = offset;
    for (int i = 0; i < types.length; i++) {
      found[i] = at;
      if (types[i].variable()) {
        int end = Escapes.end(bytes, at);
        if (end < 0) {
          throw new CorruptBatchException(
              "Cannot read key: column " + i + " starts at byte " + at + " and has no end");
        }
        at = end + Escapes.TERMINATOR_BYTES;
      } else {
        at += types[i].width();
      }
    }
    if (at != bytes.length) {
      throw new CorruptBatchException(
          "Cannot read key: its columns end at byte " + at + ", the key at " + bytes.length);
    }
    found[types.length] = at;
    return found;
  }
}
