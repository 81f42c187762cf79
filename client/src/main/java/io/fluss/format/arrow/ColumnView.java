package io.fluss.format.arrow;

import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.LittleEndian;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * The values of one column of one batch, read from its buffers as asked. Immutable.
 *
 * <p>Numbers are read here and not in subclasses, so that these calls stay direct. As in Flink's
 * own binary rows, the caller asks for the type that the column has; values of null slots are
 * meaningless.
 */
class ColumnView {
  @Nullable private final byte[] validity;
  private final int validityStart;
  private final byte[] data;
  private final int start;
  private final ArrayData.ElementGetter getter;

  /**
   * @param validity null if no value is null
   * @param getter reads any value of the column's type
   */
  ColumnView(@Nullable Slice validity, Slice data, ArrayData.ElementGetter getter) {
    this.validity = validity == null ? null : validity.bytes();
    this.validityStart = validity == null ? 0 : validity.start();
    this.data = data.bytes();
    this.start = data.start();
    this.getter = getter;
  }

  final boolean isNull(int index) {
    return validity != null && !Bitmaps.get(validity, validityStart, index);
  }

  final boolean getBoolean(int index) {
    return Bitmaps.get(data, start, index);
  }

  final byte getByte(int index) {
    return data[start + index];
  }

  final short getShort(int index) {
    return LittleEndian.getShort(data, start + index * Short.BYTES);
  }

  final int getInt(int index) {
    return LittleEndian.getInt(data, start + index * Integer.BYTES);
  }

  final long getLong(int index) {
    return LittleEndian.getLong(data, start + index * Long.BYTES);
  }

  final float getFloat(int index) {
    return Float.intBitsToFloat(getInt(index));
  }

  final double getDouble(int index) {
    return Double.longBitsToDouble(getLong(index));
  }

  StringData getString(int index) {
    throw wrongType("a string");
  }

  byte[] getBinary(int index) {
    throw wrongType("binary");
  }

  DecimalData getDecimal(int index) {
    throw wrongType("a decimal");
  }

  TimestampData getTimestamp(int index) {
    throw wrongType("a timestamp");
  }

  ArrayData getArray(int index) {
    throw wrongType("an array");
  }

  MapData getMap(int index) {
    throw wrongType("a map");
  }

  RowData getRow(int index) {
    throw wrongType("a row");
  }

  /** The value as an object, or null. */
  @Nullable
  final Object value(int index) {
    return isNull(index) ? null : getter.getElementOrNull(new ColumnarArray(this, index, 1), 0);
  }

  private UnsupportedOperationException wrongType(String asked) {
    return new UnsupportedOperationException(
        getClass().getSimpleName() + " was asked for " + asked + ", which it does not hold");
  }
}
