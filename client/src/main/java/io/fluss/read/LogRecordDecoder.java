package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.format.arrow.ZstdMessage;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.HeaderField;
import io.fluss.predicate.Predicate;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Turns Kafka records of a log table into the selected rows.
 *
 * <p>Decompresses what is selected and nothing else; rows are views over the batch.
 */
public final class LogRecordDecoder implements RecordDecoder {

  private final TableInfo table;
  private final SchemaHistory schemas;
  private final Selection selection;
  private final byte[] tableId;
  @Nullable private final BatchFilter filter;
  private final Map<Integer, SchemaReader> readers = new HashMap<>();

  private LogRecordDecoder(
      TableInfo table, SchemaHistory schemas, Selection selection, @Nullable BatchFilter filter) {
    this.table = table;
    this.schemas = schemas;
    this.selection = selection;
    this.filter = filter;
    this.tableId = HeaderField.tableId(table.id()).value();
  }

  /** A decoder of all batches that were written before the table's record was read. */
  public static LogRecordDecoder of(TableInfo table, Selection selection) {
    return new LogRecordDecoder(table, SchemaHistory.of(table), selection, null);
  }

  /**
   * A decoder that passes over batches by their statistics.
   *
   * @param schemas that batches can be of
   * @param filter over the table's row type, null where all batches are of use. Where rows are only
   *     counted, all are counted
   */
  public static LogRecordDecoder of(
      TableInfo table, SchemaHistory schemas, Selection selection, @Nullable Predicate filter) {
    boolean filtered = filter != null && selection instanceof Selection.Fields;
    return new LogRecordDecoder(
        table, schemas, selection, filtered ? new BatchFilter(table, schemas, filter) : null);
  }

  @Override
  public int maxRecords() {
    return 1;
  }

  @Override
  public LogBatch decode(List<ConsumerRecord<byte[], byte[]>> records) {
    return decode(records.get(0));
  }

  /**
   * Decodes one record.
   *
   * @throws CorruptLogException where it is not a batch of this table that we can read; the message
   *     names bucket and offset
   */
  public LogBatch decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      BatchHeader header = header(record);
      BatchRows rows =
          filter != null && filter.excludes(header)
              ? new ExcludedRows(header.rowCount())
              : rows(header, record);
      return LogBatch.ofRecord(
          record.partition(),
          record.offset(),
          record.timestamp(),
          record.value() == null ? 0 : record.value().length,
          rows);
    } catch (FlussException e) {
      throw e instanceof CorruptLogException corrupt ? corrupt : unreadable(record, e);
    } catch (RuntimeException e) {
      throw unreadable(record, e);
    }
  }

  /**
   * The batch in a record as it is stored; empty where the filter tells that none of its rows is of
   * use. The selection has no effect.
   *
   * @throws CorruptLogException where it is not a batch of this table that we can read
   */
  public Optional<ArrowMessage> message(ConsumerRecord<byte[], byte[]> record) {
    try {
      BatchHeader header = header(record);
      if (filter != null && filter.excludes(header)) {
        return Optional.empty();
      }
      schema(header, record);
      return Optional.of(
          new ArrowMessage(header.schemaVersion(), header.rowCount(), message(header, record)));
    } catch (FlussException e) {
      throw e instanceof CorruptLogException corrupt ? corrupt : unreadable(record, e);
    } catch (RuntimeException e) {
      throw unreadable(record, e);
    }
  }

  private static byte[] message(BatchHeader header, ConsumerRecord<byte[], byte[]> record) {
    return switch (header.bodyKind()) {
      case ARROW -> record.value();
      case ARROW_ZSTD -> ZstdMessage.decompress(record.value());
    };
  }

  private BatchHeader header(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(BatchHeader.KEY);
    if (header == null) {
      throw new CorruptLogException(
          place(record)
              + " was not written by this software: it has no record header '"
              + BatchHeader.KEY
              + "'. Only writers of tables may write to a table's topic.");
    }
    BatchHeader parsed = BatchHeader.parse(header.value());
    parsed
        .field(HeaderField.TABLE_ID)
        .ifPresent(id -> RecordPlace.requireThisTable(place(record), id, tableId));
    return parsed;
  }

  private BatchRows rows(BatchHeader header, ConsumerRecord<byte[], byte[]> record) {
    if (selection instanceof Selection.RowCounts counts) {
      return new CountedRows(counts.columns(), header.rowCount());
    }
    Selection.Fields fields = (Selection.Fields) selection;
    if (fields.paths().length == 0) {
      return new EmptyRows(header.rowCount());
    }
    SchemaReader reader = readers.get(header.schemaVersion());
    if (reader == null) {
      reader = SchemaReader.of(table, schema(header, record), fields);
      readers.put(header.schemaVersion(), reader);
    }
    BatchRows rows = reader.read(message(header, record));
    if (rows.rowCount() != header.rowCount()) {
      throw new CorruptLogException(
          place(record)
              + " is damaged: its header promises "
              + header.rowCount()
              + " rows and its body holds "
              + rows.rowCount()
              + ".");
    }
    return rows;
  }

  private SchemaVersion schema(BatchHeader header, ConsumerRecord<byte[], byte[]> record) {
    return schemas
        .find(header.schemaVersion())
        .orElseThrow(
            () ->
                new CorruptLogException(
                    place(record)
                        + " was written with schema version "
                        + header.schemaVersion()
                        + ", which the table never had; it had "
                        + table.schemaVersion()
                        + " when this job was planned. Only writers of tables may write to a"
                        + " table's topic."));
  }

  private CorruptLogException unreadable(ConsumerRecord<?, ?> record, RuntimeException cause) {
    return new CorruptLogException(place(record) + " cannot be read: " + cause.getMessage(), cause);
  }

  private String place(ConsumerRecord<?, ?> record) {
    return RecordPlace.of("batch", table, record);
  }

  /** Rows of which no column is wanted. */
  private record EmptyRows(int rowCount) implements BatchRows {
    @Override
    public RowData row(int index) {
      return new GenericRowData(0);
    }
  }
}
