package io.fluss.merge;

import io.fluss.FlussException;
import io.fluss.format.CorruptBatchException;
import io.fluss.format.row.ValueKind;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;

/**
 * What a key's records come to: the fold of a primary-key table.
 *
 * <p>Every reader of such a table uses it, so that all of them agree: the streaming source, the
 * batch scan, lookups, tiering. It has two parts: {@link #merge} takes a record into the state of
 * its key, which is what readers keep; {@link #row} is what the state shows. A state may show no
 * row, where the table has column sets.
 *
 * <p>The laws of every merge function, held by {@code MergeFunctionContract}:
 *
 * <ul>
 *   <li>Both depend on their arguments alone, and modify none of them. They may return one of them.
 *   <li>Whatever Kafka's log compaction removes from a log of its tables, or from any beginning of
 *       it, what is left comes to the same state; see the package's page for the argument.
 *   <li>A state of kind {@link ValueKind#ROW} is its own row: {@code row(state) == state}.
 * </ul>
 *
 * <p>An instance may keep buffers between calls: one thread at a time.
 */
public interface MergeFunction {

  /**
   * The state of a key after a record.
   *
   * @param state the state so far; null at first
   * @param columnSet the column set in the record's key, {@link io.fluss.table.ColumnSet#FULL_ROW}
   *     or a registered one
   * @param value the record's value, null for a tombstone
   * @return the new state, null where nothing is known of the key; never modified later by this
   *     function
   * @throws FlussException where the record cannot belong to a table of this kind, for example a
   *     column set that this function was not told of
   * @throws CorruptBatchException where the bytes are damaged
   */
  @Nullable
  byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value);

  /**
   * The row of a key.
   *
   * @param state what {@link #merge} returned
   * @return the full row as a value of kind {@link ValueKind#ROW}, in the current schema or as it
   *     was found; null where there is no row
   * @throws FlussException where the state has records of a schema or column set that this function
   *     was not told of
   * @throws CorruptBatchException where the bytes are damaged
   */
  @Nullable
  default byte[] row(@Nullable byte[] state) {
    return state;
  }

  /** The last record of a key is its row, whatever the table does. */
  static MergeFunction lastRow() {
    return new LastRow();
  }

  /**
   * As the other, where no record is of a schema that is newer than this {@code TableInfo}.
   *
   * @throws IllegalArgumentException where the table has no primary key
   */
  static MergeFunction of(TableInfo table) {
    return of(table, SchemaHistory.of(table));
  }

  /**
   * What a primary-key table folds its records with. Rows are of the schema that this {@code
   * TableInfo} has. It knows the column sets that this one has, and refuses others.
   *
   * @param schemas that records can be of
   * @throws IllegalArgumentException where the table has no primary key
   */
  static MergeFunction of(TableInfo table, SchemaHistory schemas) {
    if (!table.hasPrimaryKey()) {
      throw new IllegalArgumentException(
          "Table '" + table.path() + "' has no primary key: its rows are not folded.");
    }
    return switch (table.mergeEngine()) {
      case LAST_ROW ->
          table.columnSets().isEmpty() ? new LastRow() : new LastValues(table, schemas);
      case FIRST_ROW -> new FirstRow();
      case VERSIONED -> new NewestVersion(table, schemas);
    };
  }
}
