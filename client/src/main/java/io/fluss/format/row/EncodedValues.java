package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.Decimals;
import io.fluss.format.bytes.LittleEndian;
import io.fluss.format.bytes.Timestamps;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.types.variant.Variant;

/**
 * Values in slots, read as asked: the getters that rows and arrays have in common. As in Flink's
 * own binary rows, the caller asks for the type that is there; what lies where a value is null is
 * meaningless.
 */
abstract class EncodedValues {
  final byte[] bytes;
  @Nullable private MemorySegment[] segments;

  EncodedValues(byte[] bytes, @Nullable MemorySegment[] segments) {
    this.bytes = bytes;
    this.segments = segments;
  }

  /** Where the slot of a value is. */
  abstract int slot(int position);

  abstract StoredType type(int position);

  /** Where the data of all values of variable width begins. */
  abstract int dataStart();

  /** Where it ends. */
  abstract int dataEnd();

  /** Where the data of this value begins, counted from {@link #dataStart()}. */
  abstract int valueStart(int position);

  public final boolean getBoolean(int position) {
    return bytes[slot(position)] != 0;
  }

  public final byte getByte(int position) {
    return bytes[slot(position)];
  }

  public final short getShort(int position) {
    return LittleEndian.getShort(bytes, slot(position));
  }

  public final int getInt(int position) {
    return LittleEndian.getInt(bytes, slot(position));
  }

  public final long getLong(int position) {
    return LittleEndian.getLong(bytes, slot(position));
  }

  public final float getFloat(int position) {
    return Float.intBitsToFloat(getInt(position));
  }

  public final double getDouble(int position) {
    return Double.longBitsToDouble(getLong(position));
  }

  /** A string that shares these bytes. */
  public final StringData getString(int position) {
    int start = start(position);
    return BinaryStringData.fromAddress(segments(), start, end(position, start) - start);
  }

  /** Copied, because callers may keep or change the array. */
  public final byte[] getBinary(int position) {
    int start = start(position);
    return Arrays.copyOfRange(bytes, start, end(position, start));
  }

  /** Of the precision and scale it was written with. */
  public final DecimalData getDecimal(int position, int precision, int scale) {
    StoredType type = type(position);
    int slot = slot(position);
    long low = LittleEndian.getLong(bytes, slot);
    if (type.width() == Long.BYTES) {
      return DecimalData.fromUnscaledLong(low, type.precision(), type.scale());
    }
    long high = LittleEndian.getLong(bytes, slot + Long.BYTES);
    return Decimals.of(high, low, type.precision(), type.scale());
  }

  public final TimestampData getTimestamp(int position, int precision) {
    int slot = slot(position);
    long millis = LittleEndian.getLong(bytes, slot);
    return type(position).width() == Long.BYTES
        ? TimestampData.fromEpochMillis(millis)
        : Timestamps.of(millis, LittleEndian.getInt(bytes, slot + Long.BYTES));
  }

  public final ArrayData getArray(int position) {
    int start = start(position);
    StoredType element = type(position).element();
    return EncodedArray.of(element, bytes, start, end(position, start), segments());
  }

  public final MapData getMap(int position) {
    int start = start(position);
    return EncodedMap.of(type(position), bytes, start, end(position, start), segments());
  }

  public final RowData getRow(int position, int fieldCount) {
    int start = start(position);
    RowLayout fields = type(position).fields();
    return EncodedRow.of(fields, bytes, start, end(position, start), segments());
  }

  public final <T> RawValueData<T> getRawValue(int position) {
    throw new UnsupportedOperationException("Rows of tables hold no RAW values");
  }

  public final Variant getVariant(int position) {
    throw new UnsupportedOperationException("Rows of tables hold no VARIANT values");
  }

  private int start(int position) {
    return dataStart() + valueStart(position);
  }

  /** Checks both ends: a string is read later, and from memory that is not checked. */
  private int end(int position, int start) {
    int end = dataStart() + getInt(position);
    if (start < dataStart() || end < start || end > dataEnd()) {
      throw new CorruptBatchException(
          "Cannot read row: value "
              + position
              + " lies at bytes "
              + start
              + " to "
              + end
              + ", the data at "
              + dataStart()
              + " to "
              + dataEnd());
    }
    return end;
  }

  private MemorySegment[] segments() {
    if (segments == null) {
      segments = new MemorySegment[] {MemorySegmentFactory.wrap(bytes)};
    }
    return segments;
  }
}
