package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import io.fluss.format.bytes.LittleEndian;

/** What every value begins with: format version, kind, schema version. */
public final class ValueHeader {
  /** The version that is written. */
  public static final int FORMAT_VERSION = 1;

  /** Length of the header. */
  public static final int BYTES = 4;

  /** The largest schema version that a value can name. */
  public static final int MAX_SCHEMA_VERSION = 0xffff;

  private static final int OLDEST_READABLE_VERSION = 1;
  private static final int KIND = 1;
  private static final int SCHEMA_VERSION = 2;

  private ValueHeader() {}

  /**
   * What the value says.
   *
   * @throws UnsupportedFormatException where a newer reader is needed
   * @throws CorruptBatchException where the value is shorter than its header
   */
  public static ValueKind kind(byte[] value) {
    return kind(value, 0, value.length);
  }

  /** As {@link #kind(byte[])}, of a value within an array. */
  public static ValueKind kind(byte[] bytes, int start, int end) {
    check(bytes, start, end);
    return ValueKind.of(bytes[start + KIND] & 0xff);
  }

  /**
   * Version of the table's schema the value was written with.
   *
   * @throws UnsupportedFormatException where a newer reader is needed
   * @throws CorruptBatchException where the value is shorter than its header
   */
  public static int schemaVersion(byte[] value) {
    return schemaVersion(value, 0, value.length);
  }

  /** As {@link #schemaVersion(byte[])}, of a value within an array. */
  public static int schemaVersion(byte[] bytes, int start, int end) {
    check(bytes, start, end);
    return LittleEndian.getShort(bytes, start + SCHEMA_VERSION) & 0xffff;
  }

  /** Writes a header to where an array begins. */
  public static void put(byte[] bytes, ValueKind kind, int schemaVersion) {
    bytes[0] = FORMAT_VERSION;
    bytes[KIND] = (byte) kind.id();
    LittleEndian.putShort(bytes, SCHEMA_VERSION, (short) schemaVersion);
  }

  private static void check(byte[] bytes, int start, int end) {
    if (end - start < BYTES) {
      throw new CorruptBatchException(
          "Cannot read value: it has " + (end - start) + " bytes, its header alone " + BYTES);
    }
    int version = bytes[start] & 0xff;
    if (version < OLDEST_READABLE_VERSION || version > FORMAT_VERSION) {
      throw new UnsupportedFormatException(
          "Cannot read value: its format version is "
              + version
              + ", supported here: "
              + OLDEST_READABLE_VERSION
              + " to "
              + FORMAT_VERSION
              + ". Read it with a newer version.");
    }
  }
}
