package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.LittleEndian;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.ArrayData;

/**
 * An array read in place: the number of elements, a bit per element, set where it is null, a slot
 * per element, then the data of elements of variable width. Immutable. Equal to other arrays of
 * this class with equal bytes.
 */
final class EncodedArray extends EncodedValues implements ArrayData {
  private final StoredType element;
  private final int size;
  private final int start;
  private final int slots;
  private final int end;

  private EncodedArray(
      StoredType element, byte[] bytes, int size, int start, int end, MemorySegment[] segments) {
    super(bytes, segments);
    this.element = element;
    this.size = size;
    this.start = start;
    this.slots = start + Integer.BYTES + Bitmaps.bytesFor(size);
    this.end = end;
  }

  static EncodedArray of(
      StoredType element, byte[] bytes, int start, int end, MemorySegment[] segments) {
    int length = end - start;
    int size = length < Integer.BYTES ? -1 : LittleEndian.getInt(bytes, start);
    long fixedSize = Integer.BYTES + Bitmaps.bytesFor(size) + (long) size * element.width();
    if (size < 0 || fixedSize > length) {
      throw new CorruptBatchException(
          "Cannot read array: it has " + length + " bytes and says " + size + " elements");
    }
    long dataEnd = fixedSize;
    if (element.variable() && size > 0) {
      dataEnd += LittleEndian.getInt(bytes, start + (int) fixedSize - Integer.BYTES);
    }
    if (dataEnd != length) {
      throw new CorruptBatchException(
          "Cannot read array: it has " + length + " bytes, but its elements need " + dataEnd);
    }
    return new EncodedArray(element, bytes, size, start, end, segments);
  }

  @Override
  int slot(int position) {
    return slots + Objects.checkIndex(position, size) * element.width();
  }

  @Override
  StoredType type(int position) {
    return element;
  }

  @Override
  int dataStart() {
    return slots + size * element.width();
  }

  @Override
  int dataEnd() {
    return end;
  }

  @Override
  int valueStart(int position) {
    return position == 0 ? 0 : getInt(position - 1);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isNullAt(int position) {
    return Bitmaps.get(bytes, start + Integer.BYTES, Objects.checkIndex(position, size));
  }

  @Override
  public boolean[] toBooleanArray() {
    boolean[] array = new boolean[size];
    for (int i = 0; i < size; i++) {
      array[i] = getBoolean(notNull(i));
    }
    return array;
  }

  @Override
  public byte[] toByteArray() {
    byte[] array = new byte[size];
    for (int i = 0; i < size; i++) {
      array[i] = getByte(notNull(i));
    }
    return array;
  }

  @Override
  public short[] toShortArray() {
    short[] array = new short[size];
    for (int i = 0; i < size; i++) {
      array[i] = getShort(notNull(i));
    }
    return array;
  }

  @Override
  public int[] toIntArray() {
    int[] array = new int[size];
    for (int i = 0; i < size; i++) {
      array[i] = getInt(notNull(i));
    }
    return array;
  }

  @Override
  public long[] toLongArray() {
    long[] array = new long[size];
    for (int i = 0; i < size; i++) {
      array[i] = getLong(notNull(i));
    }
    return array;
  }

  @Override
  public float[] toFloatArray() {
    float[] array = new float[size];
    for (int i = 0; i < size; i++) {
      array[i] = getFloat(notNull(i));
    }
    return array;
  }

  @Override
  public double[] toDoubleArray() {
    double[] array = new double[size];
    for (int i = 0; i < size; i++) {
      array[i] = getDouble(notNull(i));
    }
    return array;
  }

  private int notNull(int position) {
    if (isNullAt(position)) {
      throw new IllegalStateException(
          "Cannot make a primitive array: element " + position + " is null");
    }
    return position;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedArray that
        && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "array of " + size + " elements, " + (end - start) + " bytes";
  }
}
