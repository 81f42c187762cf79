package io.fluss.merge;

import io.fluss.format.row.RowOfParts;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * The columns of a full row, each read from the value that set it last. A view to encode from:
 * nothing is copied. One thread.
 */
final class ComposedRow extends RowOfParts {

  /** By column; null where the column is null whatever its position. */
  private final RowData[] parts;

  private final int[] positions;

  /** By column: whether its writer could leave out a value that the reader takes for granted. */
  private final boolean[] mayLack;

  private boolean anyMayLack;

  ComposedRow(int columns) {
    this.parts = new RowData[columns];
    this.positions = new int[columns];
    this.mayLack = new boolean[columns];
  }

  /** Makes all columns null. */
  void clear() {
    Arrays.fill(parts, null);
    if (anyMayLack) {
      Arrays.fill(mayLack, false);
      anyMayLack = false;
    }
  }

  /**
   * Sets a column, in place of what it was.
   *
   * @param part which has it; null: it is null
   * @param valueMayLack see {@link #lacking}
   */
  void set(int column, @Nullable RowData part, int position, boolean valueMayLack) {
    parts[column] = part;
    positions[column] = position;
    mayLack[column] = valueMayLack;
    anyMayLack |= valueMayLack;
  }

  /** A column without a value that only a newer schema lets be null; negative where none is. */
  int lacking() {
    for (int i = 0; anyMayLack && i < parts.length; i++) {
      if (mayLack[i] && isNullAt(i)) {
        return i;
      }
    }
    return -1;
  }

  boolean isAllNull() {
    for (int i = 0; i < parts.length; i++) {
      if (!isNullAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int getArity() {
    return parts.length;
  }

  @Override
  public RowKind getRowKind() {
    return RowKind.INSERT;
  }

  @Override
  public void setRowKind(RowKind kind) {
    throw new UnsupportedOperationException("A composed row is a view without a kind");
  }

  @Override
  public boolean isNullAt(int position) {
    RowData part = parts[position];
    return part == null || part.isNullAt(positions[position]);
  }

  @Override
  protected RowData part(int position) {
    return parts[position];
  }

  @Override
  protected int positionInPart(int position) {
    return positions[position];
  }
}
