package io.fluss.read;

/**
 * A place between two rows of a bucket's log.
 *
 * @param offset Kafka offset of the batch to read next
 * @param rowsRead rows of that batch that have been read already
 */
public record LogPosition(long offset, int rowsRead) {

  public LogPosition {
    if (offset < 0 || rowsRead < 0) {
      throw new IllegalArgumentException(
          "A log position cannot be negative: offset " + offset + ", rows read " + rowsRead + ".");
    }
  }

  /** Before the first row of the batch at {@code offset}. */
  public static LogPosition at(long offset) {
    return new LogPosition(offset, 0);
  }
}
