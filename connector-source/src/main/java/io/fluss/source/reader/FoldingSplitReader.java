package io.fluss.source.reader;

import io.fluss.read.FoldedBucket;
import io.fluss.read.LogBatch;
import io.fluss.read.LogScan;
import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.LakeThenLogSplit;
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
 *
 *   where the lake has rows of the bucket:
 *   waiting --begin--> fresh records (a poll per fetch) --end of the split--> the lake (in the task thread)
 *     --> the records again, if they were many --> emitting --> finished
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
  private final LakeAccess lake;
  private final long memoryBytes;
  private final Path directory;
  private final RowLimit limit;
  private final Queue<TableSplit> waiting = new ArrayDeque<>();
  private final Set<String> finished = new HashSet<>();
  @Nullable private LogSplit current;
  @Nullable private BucketWork work;

  /** The other thread wakes up whoever waits for it. */
  private volatile LakeTurn turn = new LakeTurn();

  /**
   * @param lake stays the caller's
   * @param memoryBytes for the bucket that is folded
   * @param directory an existing directory for what does not fit into memory
   */
  FoldingSplitReader(
      LogScan scan,
      MetadataColumns metadata,
      ReaderMetrics metrics,
      BucketPoller poller,
      LakeAccess lake,
      long memoryBytes,
      Path directory) {
    super(poller);
    this.scan = scan;
    this.metadata = metadata;
    this.metrics = metrics;
    this.lake = lake;
    this.memoryBytes = memoryBytes;
    this.directory = directory;
    this.limit = new RowLimit(scan.limit());
  }

  @Override
  void add(List<TableSplit> splits) {
    waiting.addAll(splits);
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
  public RecordsWithSplitIds<SplitRows> fetch() {
    if (current == null && waiting.peek() instanceof LakeTableSplit) {
      return ofLakeAlone((LakeTableSplit) waiting.remove());
    }
    if (current == null && !waiting.isEmpty()) {
      begin(waiting.remove());
    }
    FetchedBatches.Builder fetched = new FetchedBatches.Builder();
    if (work != null) {
      switch (work.step()) {
        case RECORDS -> takeRecords();
        case LAKE -> {
          return ofLake((UnionWork) work);
        }
        case LAKE_READ -> afterLake((UnionWork) work);
        case ROWS -> emitInto(fetched);
      }
    }
    FetchedBatches result = fetched.build(finished);
    finished.clear();
    return result;
  }

  private RecordsWithSplitIds<SplitRows> ofLakeAlone(LakeTableSplit split) {
    lake.open();
    LakeSlices slices = new LakeSlices(lake, split.lake(), limit, null);
    return new LakeRecords(split.splitId(), true, slices, () -> {});
  }

  private void begin(TableSplit split) {
    current = split.log().orElseThrow();
    work =
        split instanceof LakeThenLogSplit both
            ? new UnionWork(scan, both, memoryBytes, directory)
            : new FoldWork(
                FoldedBucket.open(
                    scan, current.bucket().index(), current.position(), memoryBytes, directory));
    if (limit.reached()) {
      end();
    } else if (current.endsAt(current.position().offset())) {
      work.endOfRecords();
    } else {
      poller.begin(List.of(current));
    }
  }

  private void takeRecords() {
    PolledRecords polled = poller.poll();
    while (!polled.isEmpty()) {
      BucketCursor cursor = poller.cursor(polled.bucket());
      List<ConsumerRecord<byte[], byte[]>> taken = polled.take(ALL);
      if (cursor != null) {
        List<ConsumerRecord<byte[], byte[]>> wanted = cursor.wanted(taken, polled.polledAtMillis());
        wanted.forEach(work::add);
        metrics.recordRecords(wanted);
      }
    }
    metrics.recordLag(poller.lagInRecords());
    List<BucketCursor> ended = poller.ended();
    if (!ended.isEmpty()) {
      poller.requireStillThere(ended);
      poller.requireNothingReplaced(current);
      poller.end(List.of(current.bucket().topicPartition()));
      work.endOfRecords();
    }
  }

  /** The task thread reads the lake; it takes it from the same queue as all rows. */
  private RecordsWithSplitIds<SplitRows> ofLake(UnionWork union) {
    lake.open();
    turn = new LakeTurn();
    LakeSlices slices = new LakeSlices(lake, union.lake(), limit, union.bucket());
    union.lakeHandedOver();
    return new LakeRecords(current.splitId(), false, slices, turn::end);
  }

  private void afterLake(UnionWork union) {
    if (!turn.await()) {
      return; // woken up
    }
    if (limit.reached()) {
      end();
    } else if (union.lakeRead()) {
      poller.begin(List.of(current));
    }
  }

  private void emitInto(FetchedBatches.Builder fetched) {
    Optional<LogBatch> next = limit.reached() ? Optional.empty() : work.next();
    if (next.isEmpty()) {
      end();
      return;
    }
    LogBatch batch = metadata.addTo(next.get(), current.bucket());
    fetched.add(current.splitId(), limit.apply(new RowSlice(batch, 0, batch.rows().rowCount())));
  }

  private void end() {
    work.close();
    work = null;
    finished.add(current.splitId());
    current = null;
  }

  @Override
  public void wakeUp() {
    super.wakeUp();
    turn.wakeUp();
  }

  @Override
  public void close() {
    try {
      if (work != null) {
        work.close();
      }
    } finally {
      super.close();
    }
  }
}
