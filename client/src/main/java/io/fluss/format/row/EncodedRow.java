package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.Bitmaps;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * A row read in place from the bytes it was stored as, which may not change. Equal to other rows of
 * this class with equal kind and bytes. One thread.
 *
 * <p>Damaged bytes are found when the row is made or a column is read: {@link
 * CorruptBatchException}.
 */
public final class EncodedRow extends EncodedValues implements RowData {
  private final RowLayout layout;
  private final int start;
  private final int end;
  private RowKind kind = RowKind.INSERT;

  private EncodedRow(
      RowLayout layout, byte[] bytes, int start, int end, @Nullable MemorySegment[] segments) {
    super(bytes, segments);
    this.layout = layout;
    this.start = start;
    this.end = end;
  }

  static EncodedRow of(
      RowLayout layout, byte[] bytes, int start, int end, @Nullable MemorySegment[] segments) {
    layout.check(bytes, start, end);
    return new EncodedRow(layout, bytes, start, end, segments);
  }

  @Override
  public int getArity() {
    return layout.arity();
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
    return Bitmaps.get(bytes, start, position);
  }

  @Override
  int slot(int position) {
    return start + layout.slot(position);
  }

  @Override
  StoredType type(int position) {
    return layout.type(position);
  }

  @Override
  int dataStart() {
    return start + layout.fixedSize();
  }

  @Override
  int dataEnd() {
    return end;
  }

  @Override
  int valueStart(int position) {
    return layout.dataStart(bytes, start, position);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedRow that
        && kind == that.kind
        && getArity() == that.getArity()
        && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
  }

  @Override
  public int hashCode() {
    int hash = kind.toByteValue();
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return kind.shortString() + "(" + getArity() + " columns, " + (end - start) + " bytes)";
  }
}
