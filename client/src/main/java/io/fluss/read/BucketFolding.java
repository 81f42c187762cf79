package io.fluss.read;

import java.io.Serializable;
import javax.annotation.Nullable;

/**
 * How a bounded read folds each bucket of a primary-key table into its rows.
 *
 * @param memoryBytes memory of one reader, what does not fit goes to disk; null where it follows
 *     from the heap of the process that reads
 * @param origins whether it is asked where the last record of each row is, which takes memory
 */
public record BucketFolding(@Nullable Long memoryBytes, boolean origins) implements Serializable {

  private static final long MOST_DEFAULT_BYTES = 64L << 20;

  /** Of the heap; the rest is for what is fetched, and for all else that a process does. */
  private static final int PART = 4;

  /**
   * The memory of each of some readers in this process.
   *
   * @param readers how many may fold at a time, at least one
   */
  public long memoryBytes(int readers) {
    return memoryBytes == null ? HeapShare.bytes(PART * readers, MOST_DEFAULT_BYTES) : memoryBytes;
  }
}
