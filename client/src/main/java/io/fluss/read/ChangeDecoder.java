package io.fluss.read;

import io.fluss.format.key.ColumnSets;
import io.fluss.merge.MergeFunction;
import io.fluss.options.DeleteBehavior;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of a primary-key table that keeps the last row, as changes by key: a row as {@link
 * RowKind#UPDATE_AFTER}, a tombstone as {@link RowKind#DELETE} with the columns of the key.
 *
 * <p>This is right only while each record is a whole row. One of a column set is refused, and a
 * delete of column sets: the table got them after the query was planned, and from then on it takes
 * a fold.
 */
final class ChangeDecoder implements RecordDecoder {

  /** Enough to make the cost of a batch vanish. */
  static final int RUN_RECORDS = 4096;

  private final TableInfo table;
  private final KeyedRecords own;
  private final KeyedProjections projections;
  private final MergeFunction lastRow;
  private final boolean deletes;

  private ChangeDecoder(TableInfo table, KeyedRecords own, KeyedProjections projections) {
    this.table = table;
    this.own = own;
    this.projections = projections;
    this.deletes = table.deleteBehavior() == DeleteBehavior.ALLOW;
    this.lastRow = MergeFunction.of(table);
  }

  static ChangeDecoder of(
      TableInfo table, SchemaHistory schemas, Selection.Fields selection, WantedKeys keys) {
    return new ChangeDecoder(
        table, new KeyedRecords(table, keys), KeyedProjections.of(table, schemas, selection));
  }

  @Override
  public int maxRecords() {
    return RUN_RECORDS;
  }

  @Override
  public LogBatch decode(List<ConsumerRecord<byte[], byte[]>> records) {
    RecordRun run = RecordRun.of(records, own);
    KeyedProjection[] readers = new KeyedProjection[run.size()];
    int next = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (next < readers.length && record.offset() == run.offset(next)) {
        readers[next++] = reader(record);
      }
    }
    return new LogBatch(
        records.get(0).partition(), run.sizeInBytes(), new Changes(run, readers), run);
  }

  private KeyedProjection reader(ConsumerRecord<byte[], byte[]> record) {
    try {
      byte[] value = lastRow.merge(null, ColumnSets.of(record.key()), record.value());
      if (value == null && !deletes) {
        throw new CorruptLogException(
            RecordPlace.of("record", table, record)
                + " deletes a row, which this table does not allow ('table.delete.behavior').");
      }
      return projections.of(value);
    } catch (RuntimeException e) {
      throw own.unreadable(record, e);
    }
  }

  private record Changes(RecordRun run, KeyedProjection[] readers) implements BatchRows {
    @Override
    public int rowCount() {
      return readers.length;
    }

    @Override
    public RowData row(int index) {
      byte[] value = run.value(index);
      RowData row =
          value == null
              ? readers[index].delete(run.key(index))
              : readers[index].row(run.key(index), value);
      row.setRowKind(value == null ? RowKind.DELETE : RowKind.UPDATE_AFTER);
      return row;
    }
  }
}
