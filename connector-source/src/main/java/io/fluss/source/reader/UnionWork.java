package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import io.fluss.read.LogScan;
import io.fluss.source.split.LakeThenLogSplit;
import io.fluss.union.LakeRest;
import io.fluss.union.UnionedBucket;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Of a bucket that is in the lake and in the log. */
final class UnionWork implements BucketWork {

  private final LakeRest lake;
  private final UnionedBucket bucket;
  private Step step = Step.RECORDS;
  private boolean again;

  UnionWork(LogScan scan, LakeThenLogSplit split, long memoryBytes, Path directory) {
    this.lake = split.lake();
    this.bucket =
        new UnionedBucket(
            scan,
            split.logSplit().bucket().index(),
            split.logSplit().position(),
            split.lake().ofFormerTopic(),
            memoryBytes,
            directory);
  }

  LakeRest lake() {
    return lake;
  }

  UnionedBucket bucket() {
    return bucket;
  }

  @Override
  public Step step() {
    return step;
  }

  @Override
  public void add(ConsumerRecord<byte[], byte[]> record) {
    if (again) {
      bucket.addAgain(record);
    } else {
      bucket.addFresh(record);
    }
  }

  @Override
  public void endOfRecords() {
    step = again ? Step.ROWS : Step.LAKE;
  }

  /** The task thread will read the lake. */
  void lakeHandedOver() {
    step = Step.LAKE_READ;
  }

  /**
   * The task thread has read the lake.
   *
   * @return whether the records have to be added once more
   */
  boolean lakeRead() {
    again = bucket.readsAgain();
    step = again ? Step.RECORDS : Step.ROWS;
    return again;
  }

  @Override
  public Optional<LogBatch> next() {
    return bucket.next();
  }

  @Override
  public void close() {
    bucket.close();
  }
}
