package io.fluss.sink;

import io.fluss.write.BatchSender;
import io.fluss.write.SealedBatch;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** Counts what is sent, once per batch, in Flink's standard sink metrics. Owns the sender. */
final class MeteredSender implements BatchSender {

  private final BatchSender sender;
  private final Counter rows;
  private final Counter bytes;

  MeteredSender(BatchSender sender, SinkWriterMetricGroup metrics) {
    this.sender = sender;
    this.rows = metrics.getNumRecordsSendCounter();
    this.bytes = metrics.getNumBytesSendCounter();
  }

  @Override
  public void send(SealedBatch batch) throws InterruptedException {
    sender.send(batch);
    rows.inc(batch.rowCount());
    bytes.inc(batch.sizeInBytes());
  }

  @Override
  public void flush() throws InterruptedException {
    sender.flush();
  }

  @Override
  public long inFlightBytes() {
    return sender.inFlightBytes();
  }

  @Override
  public int inFlightBatches(String topic, int bucket) {
    return sender.inFlightBatches(topic, bucket);
  }

  @Override
  public void awaitAck() throws InterruptedException {
    sender.awaitAck();
  }

  @Override
  public void close() {
    sender.close();
  }
}
