package io.fluss.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * The bytes of a bucket key as Paimon lays out a binary row, as {@code docs/format/bucketing.md}
 * says: a byte of zero and a bit for each null, a slot of 8 bytes for each field, then what does
 * not fit into its slot. Reused from row to row; one thread.
 */
final class PaimonKeyBytes {

  /** Room for any decimal. */
  static final int DECIMAL_BYTES = 16;

  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SEED = 42;
  private static final int HEADER_BITS = 8;
  private static final int MAX_BYTES_IN_SLOT = 7;
  private static final long IN_SLOT = 0x80;

  private final int nullBytes;
  private final int fixedLength;
  private byte[] bytes;
  private int length;

  PaimonKeyBytes(int fields) {
    this.nullBytes = (fields + HEADER_BITS + 63) / 64 * 8;
    this.fixedLength = nullBytes + 8 * fields;
    this.bytes = new byte[fixedLength + 64];
  }

  /** Every slot has to be put then. */
  void clear() {
    Arrays.fill(bytes, 0, nullBytes, (byte) 0);
    length = fixedLength;
  }

  int hash() {
    return Murmur3.hash(bytes, length, SEED);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /**
   * @param reserved bytes of zero that the field has behind the slots nevertheless
   */
  void putNull(int slot, int reserved) {
    int bit = slot + HEADER_BITS;
    bytes[bit >> 3] |= (byte) (1 << (bit & 7));
    putLong(slot, reserved == 0 ? 0 : offsetAndSize(0));
    reserve(reserved);
    Arrays.fill(bytes, length, length + reserved, (byte) 0);
    length += reserved;
  }

  /** Numbers that are shorter than a slot leave the rest of it zero, also where negative. */
  void putInt(int slot, int value) {
    putLong(slot, value & 0xffffffffL);
  }

  void putLong(int slot, long value) {
    LONG_LE.set(bytes, nullBytes + 8 * slot, value);
  }

  /** -0 is 0 and all NaN are one, as SQL compares them; that is more than Paimon does. */
  void putFloat(int slot, float value) {
    putInt(slot, Float.floatToIntBits(value == 0 ? 0.0f : value));
  }

  /** As {@link #putFloat}. */
  void putDouble(int slot, double value) {
    putLong(slot, Double.doubleToLongBits(value == 0 ? 0.0d : value));
  }

  /** UTF-8 bytes of a string, taken from where they lie. */
  void putString(int slot, StringData value) {
    if (value instanceof BinaryStringData string) {
      string.ensureMaterialized();
      MemorySegment[] segments = string.getSegments();
      if (segments.length == 1 && !segments[0].isOffHeap()) {
        putBytes(slot, segments[0].getArray(), string.getOffset(), string.getSizeInBytes());
        return;
      }
    }
    putBytes(slot, value.toBytes());
  }

  void putBytes(int slot, byte[] value) {
    putBytes(slot, value, 0, value.length);
  }

  private void putBytes(int slot, byte[] value, int offset, int size) {
    if (size <= MAX_BYTES_IN_SLOT) {
      long inSlot = (IN_SLOT | size) << 56;
      for (int i = 0; i < size; i++) {
        inSlot |= (value[offset + i] & 0xffL) << (8 * i);
      }
      putLong(slot, inSlot);
    } else {
      putLong(slot, offsetAndSize(size));
      putPadded(value, offset, size, (size + 7) & ~7);
    }
  }

  /** Unscaled value, big-endian two's complement. */
  void putDecimal(int slot, DecimalData value) {
    byte[] unscaled = value.toUnscaledBytes();
    putLong(slot, offsetAndSize(unscaled.length));
    putPadded(unscaled, 0, unscaled.length, DECIMAL_BYTES);
  }

  void putTimestamp(int slot, TimestampData value) {
    putLong(slot, offsetAndSize(value.getNanoOfMillisecond()));
    reserve(Long.BYTES);
    LONG_LE.set(bytes, length, value.getMillisecond());
    length += Long.BYTES;
  }

  private long offsetAndSize(int size) {
    return (long) length << 32 | size;
  }

  private void putPadded(byte[] value, int offset, int size, int padded) {
    reserve(padded);
    System.arraycopy(value, offset, bytes, length, size);
    Arrays.fill(bytes, length + size, length + padded, (byte) 0);
    length += padded;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
