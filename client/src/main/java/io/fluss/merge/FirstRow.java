package io.fluss.merge;

import io.fluss.table.ColumnSet;
import javax.annotation.Nullable;

/** The first full row of a key is its state. Stateless, so safe for any number of threads. */
final class FirstRow implements MergeFunction {

  @Override
  @Nullable
  public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    if (columnSet != ColumnSet.FULL_ROW) {
      throw UnknownColumnSetException.ofUpdate(columnSet);
    }
    if (state != null || value == null) {
      return state;
    }
    RecordKinds.requireRow(value);
    return value;
  }
}
