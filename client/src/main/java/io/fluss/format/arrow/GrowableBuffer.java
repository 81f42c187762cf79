package io.fluss.format.arrow;

import java.util.Arrays;

/**
 * A pooled array that grows by doubling. It takes nothing from the pool until it is written to.
 * Bytes at and after {@link #size} are stale.
 */
final class GrowableBuffer {
  private static final byte[] NOTHING = new byte[0];

  /**
   * Arrays up to this length stay here over {@link #reset}: a thin stream would take them again.
   */
  private static final int KEPT_CAPACITY = 1024;

  private final BufferPool pool;
  private byte[] bytes = NOTHING;
  private int size;

  GrowableBuffer(BufferPool pool) {
    this.pool = pool;
  }

  /** The array as it is now; the next {@link #extend} may replace it. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  int capacity() {
    return bytes.length;
  }

  /** Makes room for more bytes and returns the position of the first. Their content is stale. */
  int extend(int length) {
    int position = size;
    int newSize = position + length;
    if (newSize > bytes.length || newSize < 0) {
      grow((long) position + length);
    }
    size = newSize;
    return position;
  }

  int extendWithZeros(int length) {
    int position = extend(length);
    Arrays.fill(bytes, position, position + length, (byte) 0);
    return position;
  }

  void append(byte[] source, int offset, int length) {
    int position = extend(length);
    System.arraycopy(source, offset, bytes, position, length);
  }

  /** Drops what lies at and after this position. */
  void truncate(int newSize) {
    size = newSize;
  }

  void reset() {
    size = 0;
    if (bytes.length > KEPT_CAPACITY) {
      close();
    }
  }

  void close() {
    size = 0;
    if (bytes != NOTHING) {
      pool.release(bytes);
      bytes = NOTHING;
    }
  }

  private void grow(long minCapacity) {
    if (minCapacity > BufferPool.MAX_CAPACITY) {
      throw new IllegalStateException(
          "A batch's column cannot hold "
              + minCapacity
              + " bytes, the limit is "
              + BufferPool.MAX_CAPACITY
              + ". Seal the batch with fewer rows.");
    }
    long wanted = Math.min(Math.max(minCapacity, 2L * bytes.length), BufferPool.MAX_CAPACITY);
    byte[] larger = pool.acquire((int) wanted);
    System.arraycopy(bytes, 0, larger, 0, size);
    if (bytes != NOTHING) {
      pool.release(bytes);
    }
    bytes = larger;
  }
}
