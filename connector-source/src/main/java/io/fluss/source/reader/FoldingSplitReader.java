package io.fluss.source.reader;

import io.fluss.read.FoldedBucket;
import io.fluss.read.LogBatch;
import io.fluss.read.LogScan;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicsGone;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Folds the buckets of one reader into their rows, one bucket after the other, so that each has all
 * of the memory.
 *
 * <pre>
 *   waiting --begin--> folding (a poll per fetch) --end of the split--> emitting (a batch per fetch) --> finished
 * </pre>
 *
 * <p>Whoever waits for a fetch waits for one poll, or for one batch of rows, for which what memory
 * holds may have to be read from disk. For bounded reads without checkpoints: rows of a fold have
 * no order, so a split that is restored begins anew.
 */
final class FoldingSplitReader extends TableSplitReader {

  private static final int ALL = Integer.MAX_VALUE;

  private final LogScan scan;
  private final MetadataColumns metadata;
  private final ReaderMetrics metrics;
  private final long memoryBytes;
  private final Path directory;
  private final RowLimit limit;
  private final Queue<LogSplit> waiting = new ArrayDeque<>();
  private final Set<String> finished = new HashSet<>();
  @Nullable private LogSplit current;
  @Nullable private FoldedBucket fold;
  private boolean emitting;

  /**
   * @param memoryBytes for the bucket that is folded
   * @param directory an existing directory for what does not fit into memory
   */
  FoldingSplitReader(
      LogScan scan,
      MetadataColumns metadata,
      ReaderMetrics metrics,
      BucketPoller poller,
      long memoryBytes,
      Path directory) {
    super(poller);
    this.scan = scan;
    this.metadata = metadata;
    this.metrics = metrics;
    this.memoryBytes = memoryBytes;
    this.directory = directory;
    this.limit = new RowLimit(scan.limit());
  }

  @Override
  void add(List<TableSplit> splits) {
    splits.forEach(s -> waiting.add((LogSplit) s));
  }

  @Override
  void remove(List<TableSplit> splits) {
    throw new UnsupportedOperationException("Splits of a bounded read are not removed.");
  }

  @Override
  void drop(TopicsGone gone) {
    throw new UnsupportedOperationException("Partitions of a bounded read are not let go.");
  }

  @Override
  public RecordsWithSplitIds<RowSlice> fetch() {
    FetchedBatches.Builder fetched = new FetchedBatches.Builder();
    if (current == null && !waiting.isEmpty()) {
      begin(waiting.remove());
    }
    if (emitting) {
      emitInto(fetched);
    } else if (fold != null) {
      foldRecords();
    }
    FetchedBatches result = fetched.build(finished);
    finished.clear();
    return result;
  }

  private void begin(LogSplit split) {
    current = split;
    fold =
        FoldedBucket.open(scan, split.bucket().index(), split.position(), memoryBytes, directory);
    if (limit.reached()) {
      end();
    } else if (split.endsAt(split.position().offset())) {
      emitting = true;
    } else {
      poller.begin(List.of(split));
    }
  }

  private void foldRecords() {
    PolledRecords polled = poller.poll();
    while (!polled.isEmpty()) {
      BucketCursor cursor = poller.cursor(polled.bucket());
      List<ConsumerRecord<byte[], byte[]>> taken = polled.take(ALL);
      if (cursor != null) {
        List<ConsumerRecord<byte[], byte[]>> wanted = cursor.wanted(taken, polled.polledAtMillis());
        wanted.forEach(fold::add);
        metrics.recordRecords(wanted);
      }
    }
    metrics.recordLag(poller.lagInRecords());
    List<BucketCursor> ended = poller.ended();
    if (!ended.isEmpty()) {
      poller.requireStillThere(ended);
      poller.requireNothingReplaced(current);
      poller.end(List.of(current.bucket().topicPartition()));
      emitting = true;
    }
  }

  private void emitInto(FetchedBatches.Builder fetched) {
    Optional<LogBatch> next = limit.reached() ? Optional.empty() : fold.next();
    if (next.isEmpty()) {
      end();
      return;
    }
    LogBatch batch = metadata.addTo(next.get(), current.bucket());
    fetched.add(current.splitId(), limit.apply(new RowSlice(batch, 0, batch.rows().rowCount())));
  }

  private void end() {
    fold.close();
    fold = null;
    emitting = false;
    finished.add(current.splitId());
    current = null;
  }

  @Override
  public void close() {
    try {
      if (fold != null) {
        fold.close();
      }
    } finally {
      super.close();
    }
  }
}
