package io.fluss.source.lookup;

import java.util.Arrays;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Compares found rows with the join keys that did not help to find them. Immutable. */
final class JoinKeyFilter {

  private final RowData.FieldGetter[] ofKeys;
  private final RowData.FieldGetter[] ofRows;

  JoinKeyFilter(RowType tableType, LookupKeys keys) {
    int[] compared = keys.compared();
    this.ofKeys = new RowData.FieldGetter[compared.length];
    this.ofRows = new RowData.FieldGetter[compared.length];
    for (int i = 0; i < compared.length; i++) {
      int key = compared[i];
      LogicalType type = tableType.getTypeAt(keys.columns()[key]).copy(true);
      ofKeys[i] = RowData.createFieldGetter(type, key);
      ofRows[i] = RowData.createFieldGetter(type, keys.produced()[key]);
    }
  }

  /** The values that rows must have, taken out of a row of join keys. */
  Object[] wanted(RowData joinKeys) {
    Object[] wanted = new Object[ofKeys.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = ofKeys[i].getFieldOrNull(joinKeys);
    }
    return wanted;
  }

  boolean accepts(RowData row, Object[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (!equal(wanted[i], ofRows[i].getFieldOrNull(row))) {
        return false;
      }
    }
    return true;
  }

  /** Nulls never come here from join keys, so a null of a row equals nothing. */
  private static boolean equal(Object wanted, @Nullable Object found) {
    return wanted instanceof byte[] bytes
        ? found != null && Arrays.equals(bytes, (byte[]) found)
        : Objects.equals(wanted, found);
  }
}
