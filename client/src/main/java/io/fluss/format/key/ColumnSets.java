package io.fluss.format.key;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;

/** The first byte of a record's key: which columns the record is about. */
public final class ColumnSets {
  /** The whole row. */
  public static final int FULL_ROW = 0;

  /** The largest id of a registered column set. */
  public static final int MAX = 127;

  /** How many bytes of a record's key come before its columns. */
  public static final int BYTES = 1;

  private ColumnSets() {}

  /**
   * The column set of a record.
   *
   * @param key of the Kafka record
   * @throws CorruptBatchException where the key is empty
   * @throws UnsupportedFormatException where a newer reader is needed
   */
  public static int of(byte[] key) {
    if (key.length < BYTES) {
      throw new CorruptBatchException("Cannot read key: it is empty");
    }
    if (key[0] < 0) {
      throw new UnsupportedFormatException(
          "Cannot read key: its column set is "
              + (key[0] & 0xff)
              + ", supported here: 0 to "
              + MAX
              + ". Read it with a newer version.");
    }
    return key[0];
  }

  static void check(int columnSet) {
    if (columnSet < 0 || columnSet > MAX) {
      throw new IllegalArgumentException(
          "A column set's id is 0 to " + MAX + ", not " + columnSet + ".");
    }
  }
}
