package io.fluss.merge;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.table.ColumnSet;
import javax.annotation.Nullable;

/** The last record of a key is its state. Stateless, so safe for any number of threads. */
final class LastRow implements MergeFunction {

  @Override
  @Nullable
  public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    if (columnSet != ColumnSet.FULL_ROW) {
      throw UnknownColumnSetException.ofUpdate(columnSet);
    }
    if (value != null) {
      requireRow(ValueHeader.kind(value));
    }
    return value;
  }

  private static void requireRow(ValueKind kind) {
    if (kind == ValueKind.DELETE) {
      throw UnknownColumnSetException.ofDelete();
    }
    if (kind != ValueKind.ROW) {
      throw new CorruptBatchException(
          "Cannot read value: its kind is "
              + kind
              + ", and a record of column set "
              + ColumnSet.FULL_ROW
              + " is of kind "
              + ValueKind.ROW);
    }
  }
}
