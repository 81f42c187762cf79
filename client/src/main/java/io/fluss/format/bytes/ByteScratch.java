package io.fluss.format.bytes;

import java.util.Arrays;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinarySegmentUtils;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Bytes that are put together and then copied out, again and again into the same array. One thread.
 */
public final class ByteScratch {
  private static final int INITIAL_CAPACITY = 256;

  /** A larger array, which a rare large row needed, is not kept for the next row. */
  private static final int KEPT_CAPACITY = 1 << 20;

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int size;

  public void clear() {
    size = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[INITIAL_CAPACITY];
    }
  }

  /** The array as it is now; what adds bytes may replace it. */
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * Makes room for more bytes and returns the position of the first. Their content is stale.
   *
   * @throws IllegalArgumentException where an array cannot hold that many
   */
  public int extend(int length) {
    int position = size;
    int newSize = position + length;
    if (newSize > bytes.length || newSize < position) {
      grow((long) position + length);
    }
    size = newSize;
    return position;
  }

  public int extendWithZeros(int length) {
    int position = extend(length);
    Arrays.fill(bytes, position, size, (byte) 0);
    return position;
  }

  public void append(byte[] value) {
    int position = extend(value.length);
    System.arraycopy(value, 0, bytes, position, value.length);
  }

  /** Appends the string's UTF-8 bytes, taken from where they lie. */
  public void append(StringData value) {
    if (value instanceof BinaryStringData string) {
      string.ensureMaterialized();
      append(string.getSegments(), string.getOffset(), string.getSizeInBytes());
    } else {
      append(value.toBytes());
    }
  }

  private void append(MemorySegment[] segments, int offset, int length) {
    int position = extend(length);
    if (segments.length == 1 && !segments[0].isOffHeap()) {
      System.arraycopy(segments[0].getArray(), offset, bytes, position, length);
    } else {
      BinarySegmentUtils.copyToBytes(segments, offset, bytes, position, length);
    }
  }

  private void grow(long minCapacity) {
    long limit = Integer.MAX_VALUE - 8;
    if (minCapacity > limit) {
      throw new IllegalArgumentException(
          "Cannot encode a row: it needs " + minCapacity + " bytes, the limit is " + limit + ".");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(minCapacity, 2L * bytes.length), limit));
  }
}
