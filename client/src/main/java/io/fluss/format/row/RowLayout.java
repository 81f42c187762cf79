package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.LittleEndian;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Where the columns of rows lie: a bit per column, set where it is null; a slot per column; then
 * the data of the columns of variable width, one after the other. Immutable.
 */
final class RowLayout {
  private static final int NONE = -1;

  private final StoredType[] types;
  private final int[] slots;

  /** For each column, the slot of the column of variable width before it. */
  private final int[] previousSlots;

  private final int fixedSize;
  private final int lastVariableSlot;

  private RowLayout(StoredType[] types) {
    this.types = types;
    this.slots = new int[types.length];
    this.previousSlots = new int[types.length];
    int slot = Bitmaps.bytesFor(types.length);
    int lastVariable = NONE;
    for (int i = 0; i < types.length; i++) {
      slots[i] = slot;
      previousSlots[i] = lastVariable;
      if (types[i].variable()) {
        lastVariable = slot;
      }
      slot += types[i].width();
    }
    this.fixedSize = slot;
    this.lastVariableSlot = lastVariable;
  }

  static RowLayout of(List<LogicalType> types) {
    return new RowLayout(types.stream().map(StoredType::of).toArray(StoredType[]::new));
  }

  int arity() {
    return types.length;
  }

  StoredType type(int column) {
    return types[column];
  }

  /** Distance of the column's slot from the row's first byte. */
  int slot(int column) {
    return slots[column];
  }

  /** Length of bitmap and slots, behind which the data begins. */
  int fixedSize() {
    return fixedSize;
  }

  /** Where the data of a column of variable width begins, counted from the first data byte. */
  int dataStart(byte[] bytes, int rowStart, int column) {
    int previous = previousSlots[column];
    return previous == NONE ? 0 : LittleEndian.getInt(bytes, rowStart + previous);
  }

  /**
   * Refuses bytes that are shorter or longer than the row in them says.
   *
   * @throws CorruptBatchException if so
   */
  void check(byte[] bytes, int start, int end) {
    int size = end - start;
    long expected = fixedSize;
    if (size >= fixedSize && lastVariableSlot != NONE) {
      expected += LittleEndian.getInt(bytes, start + lastVariableSlot);
    }
    if (size != expected) {
      throw new CorruptBatchException(
          "Cannot read row: it has "
              + size
              + " bytes, but its "
              + types.length
              + " columns need "
              + (size < fixedSize && lastVariableSlot != NONE ? "at least " : "")
              + expected);
    }
  }
}
