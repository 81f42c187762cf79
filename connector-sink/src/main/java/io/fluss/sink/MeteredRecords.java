package io.fluss.sink;

import io.fluss.upsert.RecordSender;
import io.fluss.write.WriteOutcome;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Counts what is sent, before compression, in Flink's standard sink metrics. Owns the sender. */
final class MeteredRecords implements RecordSender {

  private final RecordSender sender;
  private final Counter records;
  private final Counter bytes;

  MeteredRecords(RecordSender sender, SinkWriterMetricGroup metrics) {
    this.sender = sender;
    this.records = metrics.getNumRecordsSendCounter();
    this.bytes = metrics.getNumBytesSendCounter();
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    sender.send(record);
    count(record);
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record, WriteOutcome outcome)
      throws InterruptedException {
    sender.send(record, outcome);
    count(record);
  }

  private void count(ProducerRecord<byte[], byte[]> record) {
    records.inc();
    bytes.inc(record.key().length + (record.value() == null ? 0 : record.value().length));
  }

  @Override
  public void flush() throws InterruptedException {
    sender.flush();
  }

  @Override
  public void close() {
    sender.close();
  }
}
