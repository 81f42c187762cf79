package io.fluss.merge;

import io.fluss.FlussException;
import io.fluss.format.CorruptBatchException;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;

/**
 * What the row of a key is after one more record of its log: the fold of a primary-key table.
 *
 * <p>Every reader of such a table uses it, so that all of them agree: the streaming source, the
 * batch scan, lookups, tiering. The laws of every merge function, held by {@code
 * MergeFunctionContract}:
 *
 * <ul>
 *   <li>It depends on its arguments alone, and modifies none of them. It may return one of them.
 *   <li>Whatever Kafka's log compaction removes from a topic of its tables, the fold of what is
 *       left is the fold of all; see the package's page for the argument.
 *   <li>A state is a full row: {@code merge(null, 0, state)} is {@code state} again. So a state can
 *       stand for all the records that led to it.
 * </ul>
 *
 * <p>An instance may keep buffers between calls: one thread at a time.
 */
public interface MergeFunction {

  /**
   * The state of a key after a record.
   *
   * @param state the state so far: a full row as the value of a record; null where there is no row
   * @param columnSet the column set in the record's key, {@link io.fluss.table.ColumnSet#FULL_ROW}
   *     or a registered one
   * @param value the record's value, null for a tombstone
   * @return the new state, null where there is no row; never modified later by this function
   * @throws FlussException where the record cannot belong to a table of this kind, for example a
   *     column set that this function was not told of
   * @throws CorruptBatchException where the bytes are damaged
   */
  @Nullable
  byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value);

  /**
   * What a primary-key table folds its records with. It knows the column sets and schema versions
   * that this {@code TableInfo} has, and refuses others.
   *
   * @throws IllegalArgumentException where the table has no primary key
   */
  static MergeFunction of(TableInfo table) {
    if (!table.hasPrimaryKey()) {
      throw new IllegalArgumentException(
          "Table '" + table.path() + "' has no primary key: its rows are not folded.");
    }
    return switch (table.mergeEngine()) {
      case LAST_ROW -> table.columnSets().isEmpty() ? new LastRow() : new LastValues(table);
      case FIRST_ROW -> new FirstRow();
      case VERSIONED -> new NewestVersion(table);
    };
  }
}
