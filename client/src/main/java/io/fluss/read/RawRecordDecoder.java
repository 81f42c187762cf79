package io.fluss.read;

import io.fluss.table.TableInfo;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of a primary-key table as rows of two columns, see {@link Selection#records()}. */
final class RawRecordDecoder implements RecordDecoder {

  private final KeyedRecords table;

  private RawRecordDecoder(KeyedRecords table) {
    this.table = table;
  }

  static RawRecordDecoder of(TableInfo table, WantedKeys keys) {
    return new RawRecordDecoder(new KeyedRecords(table, keys));
  }

  @Override
  public int maxRecords() {
    return ChangeDecoder.RUN_RECORDS;
  }

  @Override
  public LogBatch decode(List<ConsumerRecord<byte[], byte[]>> records) {
    RecordRun run = RecordRun.of(records, table);
    return new LogBatch(records.get(0).partition(), run.sizeInBytes(), new Rows(run), run);
  }

  private record Rows(RecordRun run) implements BatchRows {
    @Override
    public int rowCount() {
      return run.size();
    }

    @Override
    public RowData row(int index) {
      return GenericRowData.of(run.key(index), run.value(index));
    }
  }
}
