package io.fluss.merge;

import java.nio.file.Path;
import javax.annotation.Nullable;

/** The fold of one bucket's records, bounded in memory. */
public final class BucketFold implements AutoCloseable {

  /**
   * @param name what is folded, for messages: {@code "bucket 3 of table 'shop.orders'"}
   * @param memoryBytes bound of the memory used, at least {@link #MIN_MEMORY_BYTES}
   * @param temporaryDirectory an existing directory for what does not fit
   */
  public BucketFold(
      String name, MergeFunction function, long memoryBytes, Path temporaryDirectory) {}

  /** The smallest memory bound. */
  public static final long MIN_MEMORY_BYTES = 16 * 1024;

  /**
   * Adds the next record of the log; keeps the arrays, which must not be modified afterwards.
   *
   * @param key the record's key with its column-set byte
   * @param value the record's value, null for a tombstone
   */
  public void add(byte[] key, @Nullable byte[] value) {
    throw new UnsupportedOperationException();
  }

  /** All keys that have a row. Ends the adding; either this or {@link #count()}, and once. */
  public FoldedRows rows() {
    throw new UnsupportedOperationException();
  }

  /** How many keys have a row. Ends the adding; either this or {@link #rows()}, and once. */
  public long count() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
