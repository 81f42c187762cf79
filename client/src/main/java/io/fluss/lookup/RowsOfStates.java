package io.fluss.lookup;

import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.merge.MergeFunction;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.annotation.Nullable;

/**
 * From what stores hold of a key to its row. Any number of threads ask; the one that fills the
 * stores says how the table is, before it stores what needs to know.
 */
final class RowsOfStates {

  private final Function<TableInfo, SchemaHistory> schemas;
  private volatile Functions functions;

  /**
   * @param schemas that records of a table can be of
   */
  RowsOfStates(TableInfo table, Function<TableInfo, SchemaHistory> schemas) {
    this.schemas = schemas;
    this.functions = new Functions(table, schemas.apply(table));
  }

  /** The table as it is from now on, unless more of it is known already. */
  synchronized void use(TableInfo table) {
    if (table.isNewerThan(functions.table)) {
      functions = new Functions(table, schemas.apply(table));
    }
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
    private final SchemaHistory schemas;
    private final Queue<MergeFunction> free = new ConcurrentLinkedQueue<>();

    Functions(TableInfo table, SchemaHistory schemas) {
      this.table = table;
      this.schemas = schemas;
    }

    @Nullable
    byte[] row(byte[] state) {
      MergeFunction known = free.poll();
      MergeFunction function = known == null ? MergeFunction.of(table, schemas) : known;
      byte[] row = function.row(state);
      free.add(function);
      return row;
    }
  }
}
