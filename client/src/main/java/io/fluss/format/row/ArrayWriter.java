package io.fluss.format.row;

import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.bytes.LittleEndian;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalType;

/** Writes arrays as {@link EncodedArray} reads them. Immutable. */
final class ArrayWriter {
  private final String path;
  private final StoredType type;
  private final ValueWriter element;

  private ArrayWriter(String path, StoredType type, ValueWriter element) {
    this.path = path;
    this.type = type;
    this.element = element;
  }

  /**
   * @param path of the array
   * @param name what its elements are called, for messages
   */
  static ArrayWriter of(String path, String name, LogicalType elementType) {
    ValueWriter element = ValueWriter.of(path + "." + name, elementType);
    return new ArrayWriter(path, StoredType.of(elementType), element);
  }

  void write(ArrayData array, ByteScratch out) {
    int size = array.size();
    int bitmap = out.extendWithZeros(fixedSize(size)) + Integer.BYTES;
    LittleEndian.putInt(out.bytes(), bitmap - Integer.BYTES, size);
    int slot = bitmap + Bitmaps.bytesFor(size);
    int dataStart = out.size();
    ElementsAsRow elements = new ElementsAsRow(array);
    for (int i = 0; i < size; i++) {
      if (array.isNullAt(i)) {
        element.checkNullable();
        Bitmaps.set(out.bytes(), bitmap, i);
      } else {
        element.write(elements, i, out, slot);
      }
      if (type.variable()) {
        LittleEndian.putInt(out.bytes(), slot, out.size() - dataStart);
      }
      slot += type.width();
    }
  }

  private int fixedSize(int size) {
    long fixed = Integer.BYTES + Bitmaps.bytesFor(size) + (long) size * type.width();
    if (fixed > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot encode column '" + path + "': its " + size + " elements are too many.");
    }
    return (int) fixed;
  }
}
