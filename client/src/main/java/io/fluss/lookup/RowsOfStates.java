package io.fluss.lookup;

import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.merge.MergeFunction;
import io.fluss.table.TableInfo;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.annotation.Nullable;

/**
 * From what stores hold of a key to its row. Any number of threads ask; the one that fills the
 * stores says how the table is, before it stores what needs to know.
 */
final class RowsOfStates {

  private volatile Functions functions;

  RowsOfStates(TableInfo table) {
    this.functions = new Functions(table);
  }

  /** The table as it is from now on. */
  void use(TableInfo table) {
    functions = new Functions(table);
  }

  /**
   * The row that a state shows, null where it shows none.
   *
   * @param state which a store held before this call
   */
  @Nullable
  byte[] row(@Nullable byte[] state) {
    if (state == null || ValueHeader.kind(state) == ValueKind.ROW) {
      return state;
    }
    return functions.row(state);
  }

  /** Merge functions, each for one thread at a time. */
  private static final class Functions {

    private final TableInfo table;
    private final Queue<MergeFunction> free = new ConcurrentLinkedQueue<>();

    Functions(TableInfo table) {
      this.table = table;
    }

    @Nullable
    byte[] row(byte[] state) {
      MergeFunction known = free.poll();
      MergeFunction function = known == null ? MergeFunction.of(table) : known;
      byte[] row = function.row(state);
      free.add(function);
      return row;
    }
  }
}
