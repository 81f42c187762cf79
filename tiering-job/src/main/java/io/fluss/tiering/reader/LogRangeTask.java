package io.fluss.tiering.reader;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeStorage;
import io.fluss.read.LogBatch;
import io.fluss.read.LogRecordDecoder;
import io.fluss.read.Selection;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rows of a range of a log table, batch by batch. */
final class LogRangeTask implements RangeTask, RecordTaker {

  private final RangeSplit split;
  private final LakeStorage storage;
  private final BucketReader reader;
  private final LogRecordDecoder decoder;

  /** Null before the first row. */
  @Nullable private LakeAppender appender;

  private long rows;

  LogRangeTask(RangeSplit split, LakeStorage storage, BucketReader reader) {
    this.split = split;
    this.storage = storage;
    this.reader = reader;
    this.decoder = LogRecordDecoder.of(split.table(), Selection.all(split.table().rowType()));
  }

  @Override
  public RangeDone run() {
    try {
      RangeRead read = reader.read(split, split.start(), split.end(), RangeTask.bound(split), this);
      reader.requireSameTopic(split);
      byte[] written = appender == null ? null : appender.finish();
      return new RangeDone(
          split.round(),
          split.index(),
          read.next(),
          written,
          rows,
          read.bytes(),
          appender == null ? 0 : appender.bytesWritten(),
          read.maxTimestampMillis(),
          read.lastTimestampMillis());
    } finally {
      if (appender != null) {
        appender.close();
      }
    }
  }

  @Override
  public void take(ConsumerRecord<byte[], byte[]> record) {
    LogBatch batch = decoder.decode(record);
    if (appender == null) {
      // Not before the first row: a range may have none.
      appender = storage.appender(split.table(), new LakeBucket(split.partition(), split.bucket()));
    }
    appender.append(batch);
    rows += batch.rows().rowCount();
  }
}
