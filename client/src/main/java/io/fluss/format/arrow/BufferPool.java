package io.fluss.format.arrow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Byte arrays by size class (powers of two), handed out again instead of allocated again. They come
 * with stale content.
 *
 * <p>Not thread-safe: one pool belongs to one writing thread, and many encoders may share it.
 */
public final class BufferPool {
  private static final int SMALLEST_SHIFT = 8;
  private static final int LARGEST_SHIFT = 30;
  private static final long DEFAULT_IDLE_BYTES = 32L << 20;

  /** The longest array that every JVM can allocate. */
  static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  private final List<ArrayDeque<byte[]>> idle = new ArrayList<>();
  private final long maxIdleBytes;
  private long idleBytes;
  private long outstandingBytes;

  public BufferPool() {
    this(DEFAULT_IDLE_BYTES);
  }

  /**
   * @param maxIdleBytes returned arrays beyond this are left to the garbage collector
   */
  public BufferPool(long maxIdleBytes) {
    this.maxIdleBytes = maxIdleBytes;
    for (int shift = SMALLEST_SHIFT; shift <= LARGEST_SHIFT; shift++) {
      idle.add(new ArrayDeque<>());
    }
  }

  /** An array of at least this length, with any content. The caller must {@link #release} it. */
  public byte[] acquire(int minCapacity) {
    int capacity = capacityFor(minCapacity);
    byte[] reused = isPooled(capacity) ? idle.get(sizeClass(capacity)).pollLast() : null;
    if (reused != null) {
      idleBytes -= capacity;
    }
    byte[] buffer = reused != null ? reused : new byte[capacity];
    outstandingBytes += capacity;
    return buffer;
  }

  /** Takes back an array of {@link #acquire}; the caller no longer uses it. */
  public void release(byte[] buffer) {
    outstandingBytes -= buffer.length;
    if (isPooled(buffer.length) && idleBytes + buffer.length <= maxIdleBytes) {
      idle.get(sizeClass(buffer.length)).addLast(buffer);
      idleBytes += buffer.length;
    }
  }

  /** Bytes acquired and not yet released. */
  public long outstandingBytes() {
    return outstandingBytes;
  }

  private static int capacityFor(int minCapacity) {
    if (minCapacity <= 1 << SMALLEST_SHIFT) {
      return 1 << SMALLEST_SHIFT;
    }
    if (minCapacity > 1 << LARGEST_SHIFT) {
      return MAX_CAPACITY;
    }
    return 1 << Integer.SIZE - Integer.numberOfLeadingZeros(minCapacity - 1);
  }

  private static boolean isPooled(int capacity) {
    return capacity <= 1 << LARGEST_SHIFT;
  }

  private static int sizeClass(int capacity) {
    return Integer.numberOfTrailingZeros(capacity) - SMALLEST_SHIFT;
  }
}
