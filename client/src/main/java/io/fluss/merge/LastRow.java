package io.fluss.merge;

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
      RecordKinds.requireRow(value);
    }
    return value;
  }

  @Override
  @Nullable
  public byte[] row(@Nullable byte[] state) {
    if (state != null && ValueHeader.kind(state) == ValueKind.LAYERS) {
      throw UnknownColumnSetException.ofState();
    }
    return state;
  }
}
