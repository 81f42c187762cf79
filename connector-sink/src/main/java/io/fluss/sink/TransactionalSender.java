package io.fluss.sink;

import io.fluss.upsert.RecordSender;
import io.fluss.write.BatchSender;
import io.fluss.write.ProducerSender;
import io.fluss.write.SealedBatch;

/** Sends batches into the open transaction; its records' sender bounds their memory. */
final class TransactionalSender implements BatchSender {

  private final RecordSender records;

  TransactionalSender(RecordSender records) {
    this.records = records;
  }

  @Override
  public void send(SealedBatch batch) throws InterruptedException {
    records.send(ProducerSender.toRecord(batch));
  }

  @Override
  public void flush() throws InterruptedException {
    records.flush();
  }

  @Override
  public long inFlightBytes() {
    return 0;
  }

  @Override
  public int inFlightBatches(String topic, int bucket) {
    return 0;
  }

  @Override
  public void awaitAck() {}

  @Override
  public void close() {}
}
