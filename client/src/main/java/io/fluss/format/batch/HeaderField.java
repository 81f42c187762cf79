package io.fluss.format.batch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * An optional field of a {@link BatchHeader}. Its value is not copied; treat it as read-only.
 *
 * @param tag 0 to 255; with {@link #REQUIRED} set, a reader that does not know the tag must refuse
 *     the batch, else it may skip the field
 * @param value the field's bytes, whose meaning the tag decides
 */
public record HeaderField(int tag, byte[] value) {
  /** The bit of a tag that forbids a reader to skip the field. */
  public static final int REQUIRED = 0x80;

  /** Minimum, maximum and null count of some columns: see {@link BatchStatistics}. */
  public static final int STATISTICS = 0x01;

  /** Reserved: writer id and sequence number. */
  public static final int WRITER = 0x02;

  /** Which table the rows were written to: see {@link #tableId}. */
  public static final int TABLE_ID = 0x03;

  /** Reserved: the batch holds some of the table's columns only. */
  public static final int COLUMN_GROUP = REQUIRED | 0x01;

  public HeaderField {
    if (tag < 0 || tag > 0xff) {
      throw new IllegalArgumentException("A header field's tag is 0 to 255, not " + tag);
    }
  }

  /** Names the table: the first 8 bytes of its id, enough to tell it from one of the same name. */
  public static HeaderField tableId(UUID table) {
    byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(table.getMostSignificantBits()).array();
    return new HeaderField(TABLE_ID, value);
  }

  /** Whether a reader that does not know the tag must refuse the batch. */
  public boolean required() {
    return (tag & REQUIRED) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeaderField that && tag == that.tag && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * tag + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return String.format("HeaderField[tag=0x%02x, %d bytes]", tag, value.length);
  }
}
