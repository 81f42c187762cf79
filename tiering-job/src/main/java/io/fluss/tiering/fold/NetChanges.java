package io.fluss.tiering.fold;

import io.fluss.merge.MergeFunction;
import io.fluss.options.MergeEngine;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;

/**
 * Folds records of a primary-key table, carried as {@link Change}s, to what has become of each key:
 * its row, or that it has none. Unlike the fold of a whole log it keeps deletes, and it shows keys
 * only that a record in the range has changed. One thread.
 */
public abstract sealed class NetChanges implements MergeFunction {

  private NetChanges() {}

  /**
   * Whether the records of a range alone tell what became of its keys. Otherwise the records of its
   * keys before the range are needed too: a record covers a part of the columns only, or is not the
   * one that counts.
   */
  public static boolean needRangeOnly(TableInfo table) {
    return table.mergeEngine() == MergeEngine.LAST_ROW && table.columnSets().isEmpty();
  }

  public static NetChanges of(TableInfo table) {
    MergeFunction function = MergeFunction.of(table);
    return needRangeOnly(table) ? new OfLastRow(function) : new OfAny(function);
  }

  /** The last record says it all, so values are not copied. */
  private static final class OfLastRow extends NetChanges {

    private final MergeFunction function;

    OfLastRow(MergeFunction function) {
      this.function = function;
    }

    @Override
    public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] change) {
      // A row looks the same with what is carried behind it; the check looks at its head only.
      function.merge(null, columnSet, Change.isDelete(change) ? null : change);
      return change;
    }
  }

  private static final class OfAny extends NetChanges {

    private final MergeFunction function;

    OfAny(MergeFunction function) {
      this.function = function;
    }

    @Override
    public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] change) {
      byte[] before = state == null ? null : Change.value(state);
      byte[] after = function.merge(before, columnSet, Change.value(change));
      boolean changed = after != before || after == null;
      if (!changed) {
        return state;
      }
      boolean inRange = Change.isInRange(change) || state != null && Change.isInRange(state);
      return Change.of(after, inRange, Change.offset(change), Change.timestampMillis(change));
    }

    @Override
    @Nullable
    public byte[] row(@Nullable byte[] state) {
      if (state == null || !Change.isInRange(state)) {
        return null;
      }
      byte[] value = Change.value(state);
      byte[] row = value == null ? null : function.row(value);
      return row == value
          ? state
          : Change.of(row, true, Change.offset(state), Change.timestampMillis(state));
    }
  }
}
