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
 * The bytes of a bucket key, one field after the other, as {@code docs/format/bucketing.md} says;
 * values of a type are equal where their bytes are. Reused from row to row; one thread.
 */
final class BucketKeyBytes {

  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte NULL = 0;
  private static final byte PRESENT = 1;

  private byte[] bytes = new byte[64];
  private int length;

  void clear() {
    length = 0;
  }

  int hash() {
    return Murmur3.hash(bytes, length);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  boolean isSameAs(byte[] other) {
    return Arrays.equals(bytes, 0, length, other, 0, other.length);
  }

  void putNull() {
    reserve(1);
    bytes[length++] = NULL;
  }

  void putBoolean(boolean value) {
    reserve(2);
    bytes[length++] = PRESENT;
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  /** Any whole number: all widths have the same bytes, so a widened column keeps its buckets. */
  void putLong(long value) {
    reserve(9);
    bytes[length] = PRESENT;
    LONG_LE.set(bytes, length + 1, value);
    length += 9;
  }

  /**
   * Any floating-point number: FLOAT widened; -0 is 0 and all NaN are one, as SQL compares them.
   */
  void putDouble(double value) {
    putLong(Double.doubleToLongBits(value == 0 ? 0.0d : value));
  }

  void putBytes(byte[] value) {
    putLength(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** UTF-8 bytes of a string, taken from where they lie. */
  void putString(StringData value) {
    if (value instanceof BinaryStringData string) {
      string.ensureMaterialized();
      MemorySegment[] segments = string.getSegments();
      if (segments.length == 1) {
        int size = string.getSizeInBytes();
        putLength(size);
        segments[0].get(string.getOffset(), bytes, length, size);
        length += size;
        return;
      }
    }
    putBytes(value.toBytes());
  }

  /** Unscaled value: 8 bytes up to precision 18, else its big-endian two's complement. */
  void putDecimal(DecimalData value, boolean compact) {
    if (compact) {
      putLong(value.toUnscaledLong());
    } else {
      putBytes(value.toUnscaledBytes());
    }
  }

  void putTimestamp(TimestampData value) {
    putLong(value.getMillisecond());
    reserve(4);
    INT_LE.set(bytes, length, value.getNanoOfMillisecond());
    length += 4;
  }

  private void putLength(int size) {
    reserve(5 + size);
    bytes[length] = PRESENT;
    INT_LE.set(bytes, length + 1, size);
    length += 5;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
