package io.fluss.source.fold;

import io.fluss.kafka.ClientConfig;
import io.fluss.source.reader.MetadataColumn;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.table.TableInfo;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** Tells changes as rows of a {@code $changelog} table. */
public final class ChangeFold extends KeyedFold {

  private static final long serialVersionUID = 1L;

  /** The metadata that the records have to have. */
  public static final MetadataColumns METADATA_COLUMNS =
      new MetadataColumns(List.of(MetadataColumn.OFFSET, MetadataColumn.TIMESTAMP));

  private static final int OFFSET = METADATA;
  private static final int TIMESTAMP = METADATA + 1;
  private static final int TIMESTAMP_PRECISION = 3;

  private final ChangeRows rows;

  /**
   * @param client asks for schema versions that are newer than the table here
   */
  public ChangeFold(TableInfo table, ClientConfig client, ChangeRows rows) {
    super(table, client, rows.selection());
    this.rows = rows;
  }

  @Override
  void inserted(byte[] key, byte[] after, RowData record, Collector<RowData> out) {
    out.collect(change(ChangeType.INSERT, row(key, after), record));
  }

  @Override
  void updated(byte[] key, byte[] before, byte[] after, RowData record, Collector<RowData> out) {
    out.collect(change(ChangeType.UPDATE_BEFORE, row(key, before), record));
    out.collect(change(ChangeType.UPDATE_AFTER, row(key, after), record));
  }

  @Override
  void deleted(byte[] key, byte[] before, RowData record, Collector<RowData> out) {
    out.collect(change(ChangeType.DELETE, row(key, before), record));
  }

  static long offset(RowData record) {
    return record.getLong(OFFSET);
  }

  /** When a record was stored, epoch milliseconds. */
  static long storedAtMillis(RowData record) {
    return record.getTimestamp(TIMESTAMP, TIMESTAMP_PRECISION).getMillisecond();
  }

  private RowData change(ChangeType type, RowData row, RowData record) {
    return rows.row(
        type, record.getLong(OFFSET), record.getTimestamp(TIMESTAMP, TIMESTAMP_PRECISION), row);
  }
}
