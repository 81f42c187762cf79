package io.fluss.merge;

import io.fluss.format.bytes.LittleEndian;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.table.ColumnSet;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * The state of a key whose records are of several column sets: the last value of each, in the order
 * in which they were written. What a value says counts until a newer layer covers its columns.
 *
 * <pre>
 *   value header, kind LAYERS, schema version 0 | layer | layer | ...
 *   layer: byte column set | int length | value
 * </pre>
 *
 * <p>Two short forms make states equal that mean the same: a full row alone is the value itself,
 * and markers that no row lies under are left out; nothing at all is null. Values are copied, never
 * looked into beyond their kind. One thread.
 */
final class Layers {

  static final int LENGTH = 1;
  static final int PREFIX_BYTES = LENGTH + Integer.BYTES;

  private final LayerCursor cursor = new LayerCursor();

  // What find() found: how many layers stay, and that they are the bytes from the bottom to the
  // state's end, without those of a gap.
  private int kept;
  private int bottom;
  private int gapStart;
  private int gapEnd;

  /**
   * The state after a record: without the layer of its column set, and with its value as the newest
   * layer.
   *
   * @param value null for a tombstone
   */
  @Nullable
  byte[] after(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    if (state == null || ValueHeader.kind(state) == ValueKind.ROW) {
      return afterRow(state, columnSet, value);
    }
    boolean found = find(state, columnSet);
    if (value == null && !found) {
      return state;
    }
    if (kept == 0) {
      return afterRow(null, columnSet, value);
    }
    if (value == null && kept == 1 && state[bottom] == ColumnSet.FULL_ROW) {
      int end = gapEnd == bottom ? state.length : gapStart;
      return Arrays.copyOfRange(state, bottom + PREFIX_BYTES, end);
    }
    int below = gapStart - bottom;
    int above = state.length - gapEnd;
    int size = ValueHeader.BYTES + below + above;
    byte[] after = newState(size + (value == null ? 0 : PREFIX_BYTES + value.length));
    System.arraycopy(state, bottom, after, ValueHeader.BYTES, below);
    System.arraycopy(state, gapEnd, after, ValueHeader.BYTES + below, above);
    if (value != null) {
      put(after, size, columnSet, value);
    }
    return after;
  }

  /**
   * Finds what stays when the layer of a column set goes, and with it the markers that no row lies
   * under then.
   *
   * @return whether there is a layer of it
   */
  private boolean find(byte[] state, int columnSet) {
    boolean found = false;
    kept = 0;
    cursor.over(state);
    while (cursor.next()) {
      if (cursor.columnSet() == columnSet) {
        found = true;
        gapStart = cursor.layer();
        gapEnd = cursor.end();
      } else if (kept > 0) {
        kept++;
      } else if (cursor.kind() == ValueKind.ROW) {
        kept = 1;
        bottom = cursor.layer();
      }
    }
    if (!found || gapStart < bottom) {
      gapStart = bottom;
      gapEnd = bottom;
    }
    return found;
  }

  /** The same, where the state is a full row or nothing. */
  @Nullable
  private static byte[] afterRow(@Nullable byte[] row, int columnSet, @Nullable byte[] value) {
    if (value == null) {
      return columnSet == ColumnSet.FULL_ROW ? null : row;
    }
    boolean isRow = ValueHeader.kind(value) == ValueKind.ROW;
    if (columnSet == ColumnSet.FULL_ROW) {
      return isRow ? value : null;
    }
    if (row == null) {
      return isRow ? one(columnSet, value) : null;
    }
    int second = ValueHeader.BYTES + PREFIX_BYTES + row.length;
    byte[] after = newState(second + PREFIX_BYTES + value.length);
    put(after, ValueHeader.BYTES, ColumnSet.FULL_ROW, row);
    put(after, second, columnSet, value);
    return after;
  }

  private static byte[] one(int columnSet, byte[] value) {
    byte[] after = newState(ValueHeader.BYTES + PREFIX_BYTES + value.length);
    put(after, ValueHeader.BYTES, columnSet, value);
    return after;
  }

  private static byte[] newState(int size) {
    byte[] state = new byte[size];
    ValueHeader.put(state, ValueKind.LAYERS, 0);
    return state;
  }

  private static void put(byte[] state, int at, int columnSet, byte[] value) {
    state[at] = (byte) columnSet;
    LittleEndian.putInt(state, at + LENGTH, value.length);
    System.arraycopy(value, 0, state, at + PREFIX_BYTES, value.length);
  }
}
