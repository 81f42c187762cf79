package io.fluss.format.keyed;

import io.fluss.format.row.RowOfParts;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * A row whose columns lie in a key and in a value, read from there as asked. Without a value, as in
 * a delete, all columns but those of the key are null. Equal to other rows of this class with equal
 * kind and values. One thread.
 */
public final class KeyedRow extends RowOfParts {
  private final KeyedColumns columns;
  private final int[] places;
  private final RowData key;
  @Nullable private final RowData value;
  private RowKind kind;

  KeyedRow(KeyedColumns columns, RowData key, @Nullable RowData value, RowKind kind) {
    this.columns = columns;
    this.places = columns.places();
    this.key = key;
    this.value = value;
    this.kind = kind;
  }

  @Override
  public int getArity() {
    return places.length;
  }

  @Override
  public RowKind getRowKind() {
    return kind;
  }

  @Override
  public void setRowKind(RowKind newKind) {
    kind = newKind;
  }

  @Override
  public boolean isNullAt(int position) {
    int place = places[position];
    return place < 0 && (value == null || place == KeyedColumns.MISSING || value.isNullAt(~place));
  }

  @Override
  protected RowData part(int position) {
    return places[position] < 0 ? value : key;
  }

  /** {@code ~place} of a column of the value, {@code place} of one of the key. */
  @Override
  protected int positionInPart(int position) {
    int place = places[position];
    return place ^ place >> Integer.SIZE - 1;
  }

  private Object[] values() {
    Object[] values = new Object[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.getters()[i].getFieldOrNull(this);
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyedRow that
        && kind == that.kind
        && Arrays.deepEquals(values(), that.values());
  }

  @Override
  public int hashCode() {
    return 31 * kind.toByteValue() + Arrays.deepHashCode(values());
  }

  @Override
  public String toString() {
    String values = Arrays.deepToString(values());
    return kind.shortString() + "(" + values.substring(1, values.length() - 1) + ")";
  }
}
