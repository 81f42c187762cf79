package io.fluss.lookup;

/**
 * How much of a bucket's log has been folded into a store.
 *
 * @param offset the next offset to read
 * @param safeMillis all deletes stored at or after this time are folded, or lie at or behind {@code
 *     offset}; epoch milliseconds. A log that has dropped its tombstones of a later time cannot
 *     bring the store up to date.
 */
public record LogProgress(long offset, long safeMillis) {

  public LogProgress {
    if (offset < 0) {
      throw new IllegalArgumentException("An offset cannot be negative: " + offset + ".");
    }
  }
}
