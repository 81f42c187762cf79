package io.fluss.tiering.fold;

import io.fluss.format.bytes.LittleEndian;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Bytes that a fold of changes adds, keeps and gives: the value of a record or the state of a key,
 * if any, and behind it where it comes from.
 *
 * <pre>
 *   value | flags: 1 byte | offset: 8 bytes | timestamp: 8 bytes
 * </pre>
 */
public final class Change {

  private static final int BYTES = 1 + 2 * Long.BYTES;

  private static final int HAS_VALUE = 1;
  private static final int IN_RANGE = 2;

  private Change() {}

  /**
   * A record.
   *
   * @param value null for a tombstone
   * @param inRange whether the record is in the range whose changes are wanted; otherwise it lies
   *     before it
   */
  public static byte[] of(
      @Nullable byte[] value, boolean inRange, long offset, long timestampMillis) {
    int length = value == null ? 0 : value.length;
    byte[] change = new byte[length + BYTES];
    if (value != null) {
      System.arraycopy(value, 0, change, 0, length);
    }
    change[length] = (byte) ((value == null ? 0 : HAS_VALUE) | (inRange ? IN_RANGE : 0));
    LittleEndian.putLong(change, length + 1, offset);
    LittleEndian.putLong(change, length + 1 + Long.BYTES, timestampMillis);
    return change;
  }

  private static int flags(byte[] change) {
    return change[change.length - BYTES];
  }

  /** Whether there is no value: a tombstone, or a key without a row. */
  public static boolean isDelete(byte[] change) {
    return (flags(change) & HAS_VALUE) == 0;
  }

  static boolean isInRange(byte[] change) {
    return (flags(change) & IN_RANGE) != 0;
  }

  /** A copy of the value alone; null where there is none. */
  @Nullable
  public static byte[] value(byte[] change) {
    return isDelete(change) ? null : Arrays.copyOf(change, change.length - BYTES);
  }

  /** Kafka offset of the record, or of the last one that had a part in the state. */
  public static long offset(byte[] change) {
    return LittleEndian.getLong(change, change.length - 2 * Long.BYTES);
  }

  /** Its timestamp, epoch milliseconds. */
  public static long timestampMillis(byte[] change) {
    return LittleEndian.getLong(change, change.length - Long.BYTES);
  }
}
