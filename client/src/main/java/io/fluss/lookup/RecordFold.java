package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.merge.MergeFunction;
import io.fluss.merge.UnknownColumnSetException;
import io.fluss.options.MergeEngine;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Folds the records of a table's log into the stores of its buckets. One thread. */
final class RecordFold {

  private final UnaryOperator<TableInfo> refresh;
  private final Function<TableInfo, SchemaHistory> schemas;
  private final RowsOfStates rows;
  private final byte[] tableId;
  private TableInfo table;
  private MergeFunction merge;
  private boolean refreshed;

  /**
   * @param refresh looks at the table anew, when a record needs to know more of it: partial updates
   *     may begin while its rows are followed
   * @param schemas that records of a table can be of
   */
  RecordFold(
      TableInfo table,
      UnaryOperator<TableInfo> refresh,
      Function<TableInfo, SchemaHistory> schemas) {
    this.refresh = refresh;
    this.schemas = schemas;
    this.rows = new RowsOfStates(table, schemas);
    this.tableId = TableIdHeader.of(table.id());
    this.table = table;
    this.merge = MergeFunction.of(table, schemas.apply(table));
  }

  /** Makes rows of what this leaves in the stores. Any thread. */
  RowsOfStates rows() {
    return rows;
  }

  /**
   * Takes a store over. One that was filled before this was made may be of somebody who knew more
   * of the table.
   */
  void goOnFrom(LookupStore store) {
    if (!refreshed && store.progress().isPresent() && table.mergeEngine() == MergeEngine.LAST_ROW) {
      refreshTable();
    }
  }

  private void refreshTable() {
    refreshed = true;
    table = refresh.apply(table);
    merge = MergeFunction.of(table, schemas.apply(table));
    rows.use(table);
  }

  /**
   * Applies one record.
   *
   * @throws FlussException where it is not a record of this table that can be read; the message
   *     names bucket and offset
   */
  void apply(ConsumerRecord<byte[], byte[]> record, LookupStore store) {
    try {
      requireThisTable(record.headers().lastHeader(TableIdHeader.KEY));
      apply(record.key(), record.value(), store);
    } catch (RuntimeException e) {
      throw new FlussException(
          "The record at offset "
              + record.offset()
              + " in bucket "
              + record.partition()
              + " of table '"
              + table.path()
              + "' (topic '"
              + record.topic()
              + "') cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** A writer that outlived its table may have written before it noticed. */
  private void requireThisTable(@Nullable Header header) {
    if (header == null) {
      throw new FlussException(
          "it has no record header '"
              + TableIdHeader.KEY
              + "'. Only writers of tables may write to a table's topic");
    }
    if (!Arrays.equals(header.value(), tableId)) {
      throw new FlussException(
          "it was written to another table of this name, dropped meanwhile, whose id begins with "
              + HexFormat.of().formatHex(header.value())
              + ". Stop that writer, then drop the table and create it anew");
    }
  }

  private void apply(@Nullable byte[] recordKey, @Nullable byte[] value, LookupStore store) {
    if (recordKey == null) {
      throw new FlussException(
          "it has no key. Only writers of tables may write to a table's topic");
    }
    int columnSet = ColumnSets.of(recordKey);
    byte[] key = fullRowKey(recordKey, columnSet);
    try {
      apply(key, columnSet, value, store);
    } catch (UnknownColumnSetException e) {
      refreshTable();
      apply(key, columnSet, value, store);
    }
  }

  private void apply(byte[] key, int columnSet, @Nullable byte[] value, LookupStore store) {
    byte[] before = before(key, store);
    byte[] after = merge.merge(before, columnSet, value);
    if (before == null || after != before) {
      store.apply(key, after);
    }
  }

  /** Where each record makes the row, whatever it was, there is no need to look. */
  private @Nullable byte[] before(byte[] key, LookupStore store) {
    boolean replaced = table.mergeEngine() == MergeEngine.LAST_ROW && table.columnSets().isEmpty();
    return replaced ? null : store.latest(key);
  }

  /** A row has one key in the store, whatever columns its records are about. */
  private static byte[] fullRowKey(byte[] recordKey, int columnSet) {
    if (columnSet == ColumnSets.FULL_ROW) {
      return recordKey;
    }
    byte[] key = recordKey.clone();
    key[0] = ColumnSets.FULL_ROW;
    return key;
  }
}
