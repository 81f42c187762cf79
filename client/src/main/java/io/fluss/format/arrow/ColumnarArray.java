package io.fluss.format.arrow;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.variant.Variant;

/**
 * An array within a batch: a range of its elements' column. Keeps the batch's buffers alive.
 * Immutable. Equal to other arrays of this class with equal elements.
 */
final class ColumnarArray implements ArrayData {
  private final ColumnView elements;
  private final int start;
  private final int size;

  ColumnarArray(ColumnView elements, int start, int size) {
    this.elements = elements;
    this.start = start;
    this.size = size;
  }

  private int at(int position) {
    return start + Objects.checkIndex(position, size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isNullAt(int position) {
    return elements.isNull(at(position));
  }

  @Override
  public boolean getBoolean(int position) {
    return elements.getBoolean(at(position));
  }

  @Override
  public byte getByte(int position) {
    return elements.getByte(at(position));
  }

  @Override
  public short getShort(int position) {
    return elements.getShort(at(position));
  }

  @Override
  public int getInt(int position) {
    return elements.getInt(at(position));
  }

  @Override
  public long getLong(int position) {
    return elements.getLong(at(position));
  }

  @Override
  public float getFloat(int position) {
    return elements.getFloat(at(position));
  }

  @Override
  public double getDouble(int position) {
    return elements.getDouble(at(position));
  }

  @Override
  public StringData getString(int position) {
    return elements.getString(at(position));
  }

  @Override
  public byte[] getBinary(int position) {
    return elements.getBinary(at(position));
  }

  @Override
  public ArrayData getArray(int position) {
    return elements.getArray(at(position));
  }

  @Override
  public MapData getMap(int position) {
    return elements.getMap(at(position));
  }

  @Override
  public DecimalData getDecimal(int position, int precision, int scale) {
    return elements.getDecimal(at(position));
  }

  @Override
  public TimestampData getTimestamp(int position, int precision) {
    return elements.getTimestamp(at(position));
  }

  @Override
  public RowData getRow(int position, int fieldCount) {
    return elements.getRow(at(position));
  }

  @Override
  public <T> RawValueData<T> getRawValue(int position) {
    throw new UnsupportedOperationException("Arrow batches hold no RAW values");
  }

  @Override
  public Variant getVariant(int position) {
    throw new UnsupportedOperationException("Arrow batches hold no VARIANT values");
  }

  @Override
  public boolean[] toBooleanArray() {
    boolean[] array = new boolean[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getBoolean(notNull(i));
    }
    return array;
  }

  @Override
  public byte[] toByteArray() {
    byte[] array = new byte[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getByte(notNull(i));
    }
    return array;
  }

  @Override
  public short[] toShortArray() {
    short[] array = new short[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getShort(notNull(i));
    }
    return array;
  }

  @Override
  public int[] toIntArray() {
    int[] array = new int[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getInt(notNull(i));
    }
    return array;
  }

  @Override
  public long[] toLongArray() {
    long[] array = new long[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getLong(notNull(i));
    }
    return array;
  }

  @Override
  public float[] toFloatArray() {
    float[] array = new float[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getFloat(notNull(i));
    }
    return array;
  }

  @Override
  public double[] toDoubleArray() {
    double[] array = new double[size];
    for (int i = 0; i < size; i++) {
      array[i] = elements.getDouble(notNull(i));
    }
    return array;
  }

  private int notNull(int position) {
    if (elements.isNull(start + position)) {
      throw new IllegalStateException(
          "Cannot make a primitive array: element " + position + " is null");
    }
    return start + position;
  }

  private Object[] values() {
    Object[] values = new Object[size];
    for (int i = 0; i < size; i++) {
      values[i] = elements.value(start + i);
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnarArray that && Arrays.deepEquals(values(), that.values());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values());
  }

  @Override
  public String toString() {
    return Arrays.deepToString(values());
  }
}
