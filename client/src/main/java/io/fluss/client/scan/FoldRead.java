package io.fluss.client.scan;

import io.fluss.read.FoldedBucket;
import io.fluss.read.LogBatch;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rows of one bucket of a primary-key table, which are all in its log. */
final class FoldRead implements BatchRead {

  private final BoundedLog log;
  private final BucketRange range;
  private final RowSelection selection;
  private final FoldedBucket fold;
  private final Runnable atEndOfLog;
  private boolean begun;
  private boolean atEnd;

  /**
   * @param log stays the caller's
   * @param atEndOfLog checks that nothing was missed
   */
  FoldRead(
      BoundedLog log,
      BucketRange range,
      LogScan scan,
      RowSelection selection,
      long memoryBytes,
      Path directory,
      Runnable atEndOfLog) {
    this.log = log;
    this.range = range;
    this.selection = selection;
    this.atEndOfLog = atEndOfLog;
    this.fold =
        FoldedBucket.open(
            scan,
            range.bucket().bucket().bucket(),
            LogPosition.at(range.start()),
            memoryBytes,
            directory);
  }

  @Override
  @Nullable
  public RowBatch next(Duration timeout) {
    if (!begun) {
      begun = true;
      log.begin(List.of(range));
    }
    if (!atEnd) {
      for (List<ConsumerRecord<byte[], byte[]>> records :
          log.isAtEnd()
              ? List.<List<ConsumerRecord<byte[], byte[]>>>of()
              : log.poll(timeout).values()) {
        records.forEach(fold::add);
      }
      if (!log.isAtEnd()) {
        return RowBatch.NOTHING;
      }
      atEnd = true;
      atEndOfLog.run();
    }
    Optional<LogBatch> rows = fold.next();
    return rows.map(batch -> RowBatch.of(selection.of(batch))).orElse(null);
  }

  @Override
  public void close() {
    fold.close();
  }
}
