package io.fluss.client.scan;

import io.fluss.read.LogRecordDecoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Rows of the log of a log table, of all buckets as they come. */
final class LogRead implements BatchRead {

  private final BoundedLog log;
  private final List<BucketRange> ranges;
  private final LogRecordDecoder decoder;
  private final RowSelection selection;

  /** Records that were fetched; one batch is decoded at a time. */
  private final Queue<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  private boolean begun;

  /**
   * @param log stays the caller's
   */
  LogRead(
      BoundedLog log, List<BucketRange> ranges, LogRecordDecoder decoder, RowSelection selection) {
    this.log = log;
    this.ranges = ranges;
    this.decoder = decoder;
    this.selection = selection;
  }

  @Override
  @Nullable
  public RowBatch next(Duration timeout) {
    if (!begun) {
      begun = true;
      log.begin(ranges);
    }
    if (fetched.isEmpty()) {
      if (log.isAtEnd()) {
        return null;
      }
      log.poll(timeout).values().forEach(fetched::addAll);
    }
    ConsumerRecord<byte[], byte[]> record = fetched.poll();
    return record == null ? RowBatch.NOTHING : RowBatch.of(selection.of(decoder.decode(record)));
  }

  @Override
  public void close() {
    fetched.clear();
  }
}
