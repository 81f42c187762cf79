package io.fluss.source.reader;

import io.fluss.read.FoldedBucket;
import io.fluss.read.LogBatch;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Of a bucket that is in the log alone. */
final class FoldWork implements BucketWork {

  private final FoldedBucket fold;
  private Step step = Step.RECORDS;

  FoldWork(FoldedBucket fold) {
    this.fold = fold;
  }

  @Override
  public Step step() {
    return step;
  }

  @Override
  public void add(ConsumerRecord<byte[], byte[]> record) {
    fold.add(record);
  }

  @Override
  public void endOfRecords() {
    step = Step.ROWS;
  }

  @Override
  public Optional<LogBatch> next() {
    return fold.next();
  }

  @Override
  public void close() {
    fold.close();
  }
}
