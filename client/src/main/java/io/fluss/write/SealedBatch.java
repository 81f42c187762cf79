package io.fluss.write;

/**
 * A batch that takes no more rows: one Kafka record. Its arrays are not changed after this.
 *
 * @param topic the topic it goes to
 * @param bucket the Kafka partition it goes to
 * @param header value of the record's one header
 * @param value the encoded rows
 * @param rowCount rows in it
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedBatch(String topic, int bucket, byte[] header, byte[] value, int rowCount) {

  /** Bytes that go to Kafka, without Kafka's own framing. */
  public int sizeInBytes() {
    return header.length + value.length;
  }
}
