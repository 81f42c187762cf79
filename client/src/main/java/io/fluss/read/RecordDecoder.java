package io.fluss.read;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns Kafka records of a table into batches of rows. Used by one thread; the batches it returns
 * belong to nobody and may go anywhere.
 */
public interface RecordDecoder {

  /** How many records make a batch at most. */
  int maxRecords();

  /**
   * Decodes records that follow one another in a bucket, or tells that none of their rows is of
   * use, see {@link LogBatch#excluded()}.
   *
   * @param records at least one, at most {@link #maxRecords()}
   * @throws CorruptLogException where one is not a record of this table that we can read; the
   *     message names bucket and offset
   */
  LogBatch decode(List<ConsumerRecord<byte[], byte[]>> records);

  /** The decoder of what this scan selects, record by record: nothing is folded. */
  static RecordDecoder of(LogScan scan) {
    if (!scan.table().hasPrimaryKey()) {
      return LogRecordDecoder.of(scan.table(), scan.schemas(), scan.selection(), scan.condition());
    }
    return scan.selection() instanceof Selection.Fields fields
        ? ChangeDecoder.of(scan.table(), scan.schemas(), fields, scan.keys())
        : RawRecordDecoder.of(scan.table(), scan.keys());
  }
}
