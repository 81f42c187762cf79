package io.fluss.lookup;

import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.merge.MergeFunction;
import io.fluss.merge.UnknownColumnSetException;
import io.fluss.table.TableInfo;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.annotation.Nullable;

/**
 * From what stores hold of a key to its row, for a table as it was last looked at: records and
 * states may need to know more of it than was known at first, as partial updates may begin at any
 * time. Thread-safe.
 */
final class RowsOfStates {

  private final UnaryOperator<TableInfo> refresh;
  private volatile Functions functions;

  /**
   * @param refresh looks at the table anew; any thread may do it
   */
  RowsOfStates(TableInfo table, UnaryOperator<TableInfo> refresh) {
    this.refresh = refresh;
    this.functions = new Functions(table);
  }

  /** The table as it was last looked at. */
  TableInfo table() {
    return functions.table;
  }

  /** Looks at the table anew. */
  synchronized TableInfo refresh() {
    TableInfo now = refresh.apply(table());
    functions = new Functions(now);
    return now;
  }

  /** The row that a state shows, null where it shows none. */
  @Nullable
  byte[] row(@Nullable byte[] state) {
    if (state == null || ValueHeader.kind(state) == ValueKind.ROW) {
      return state;
    }
    try {
      return functions.row(state);
    } catch (UnknownColumnSetException e) {
      // Local files may be younger than the plan of the query that opened them.
      refresh();
      return functions.row(state);
    }
  }

  /** Merge functions for one thread each, used by whoever needs one. */
  private static final class Functions {

    private final TableInfo table;
    private final Queue<MergeFunction> free = new ConcurrentLinkedQueue<>();

    Functions(TableInfo table) {
      this.table = table;
    }

    @Nullable
    byte[] row(byte[] state) {
      MergeFunction taken = free.poll();
      MergeFunction function = taken == null ? MergeFunction.of(table) : taken;
      byte[] row = function.row(state);
      free.add(function);
      return row;
    }
  }
}
