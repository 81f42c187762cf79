package io.fluss.read;

/**
 * One Kafka record of a table's log, decoded.
 *
 * @param offset Kafka offset of the record
 * @param timestampMillis Kafka timestamp of the record, epoch milliseconds
 * @param sizeInBytes bytes of the record's value as stored
 */
public record LogBatch(
    int bucket, long offset, long timestampMillis, int sizeInBytes, BatchRows rows) {

  /** This batch with other rows over the same record. */
  public LogBatch withRows(BatchRows newRows) {
    return new LogBatch(bucket, offset, timestampMillis, sizeInBytes, newRows);
  }
}
