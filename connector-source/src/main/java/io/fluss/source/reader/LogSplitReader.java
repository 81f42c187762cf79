package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.RecordDecoder;
import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.LakeThenLogSplit;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicsGone;
import io.fluss.union.LakeRest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Fetches and decodes the records of all splits of one reader, and hands them over as they are.
 *
 * <ul>
 *   <li>Decoding happens here, so that the task thread only emits.
 *   <li>Memory: one poll's records as stored, and of the decoded ones what a fetch hands over,
 *       about {@value #HANDOVER_BYTES} stored bytes or one batch.
 *   <li>What a split has in a lake is handed over before anything of the log that is polled after
 *       it came, see {@link LakeRecords}.
 *   <li>A split ends by the consumer's position, not by the last record: what lies before the end
 *       may be transaction markers or rows of aborted transactions, which are never seen.
 * </ul>
 */
final class LogSplitReader extends TableSplitReader {

  private static final int HANDOVER_BYTES = 2 << 20;

  private final LogScan scan;

  /** Null before the first record: a read of a lake alone has none, and columns no record has. */
  @Nullable private RecordDecoder decoder;

  private final MetadataColumns metadata;
  private final RowLimit limit;
  private final ReaderMetrics metrics;
  private final LakeAccess lake;

  /** Splits whose rows in the lake have not been handed over, which come before all others. */
  private final Queue<LakeRecords> waiting = new ArrayDeque<>();

  private final Set<String> finished = new HashSet<>();
  private PolledRecords polled = PolledRecords.none();

  /**
   * @param lake stays the caller's
   */
  LogSplitReader(
      LogScan scan,
      MetadataColumns metadata,
      ReaderMetrics metrics,
      BucketPoller poller,
      LakeAccess lake) {
    super(poller);
    this.lake = lake;
    this.metadata = metadata;
    this.metrics = metrics;
    this.limit = new RowLimit(scan.limit());
    this.scan = scan;
  }

  @Override
  void add(List<TableSplit> splits) {
    List<LogSplit> begun = new ArrayList<>();
    for (TableSplit split : splits) {
      Optional<LogSplit> log = split.log().filter(s -> !isRead(s));
      log.ifPresent(begun::add);
      if (split instanceof LakeTableSplit alone) {
        hasToBeRead(alone.splitId(), alone.lake(), true);
      } else if (split instanceof LakeThenLogSplit both) {
        hasToBeRead(both.splitId(), both.lake(), log.isEmpty());
      } else if (log.isEmpty()) {
        finished.add(split.splitId());
      }
    }
    poller.begin(begun);
  }

  private RecordDecoder decoder() {
    if (decoder == null) {
      decoder = RecordDecoder.of(scan);
    }
    return decoder;
  }

  private boolean isRead(LogSplit log) {
    return limit.reached() || log.endsAt(log.position().offset());
  }

  private void hasToBeRead(String splitId, LakeRest rest, boolean finishes) {
    LakeSlices slices = new LakeSlices(lake, rest, limit, null);
    waiting.add(new LakeRecords(splitId, finishes, slices, () -> {}));
  }

  @Override
  void drop(TopicsGone gone) {
    List<LogSplit> dropped = poller.drop(gone);
    polled.passOver(dropped.stream().map(s -> s.bucket().topicPartition()).toList());
    dropped.forEach(s -> finished.add(s.splitId()));
  }

  @Override
  public RecordsWithSplitIds<SplitRows> fetch() {
    if (!waiting.isEmpty()) {
      lake.open();
      return waiting.remove();
    }
    FetchedBatches.Builder fetched = new FetchedBatches.Builder();
    // Splits that ended on arrival are reported at once, not after a poll that may take its time.
    if (limit.reached()) {
      end(List.copyOf(poller.cursors()));
    }
    if (poller.hasWork() && finished.isEmpty()) {
      if (polled.isEmpty()) {
        polled = poller.poll();
      }
      decodeInto(fetched);
      if (polled.isEmpty()) {
        reportCaughtUp(fetched);
        List<BucketCursor> ended = poller.ended();
        poller.requireStillThere(ended);
        end(ended);
        metrics.recordLag(poller.lagInRecords());
      }
    }
    FetchedBatches result = fetched.build(finished);
    finished.clear();
    return result;
  }

  private void decodeInto(FetchedBatches.Builder fetched) {
    int bytes = 0;
    while (!polled.isEmpty() && bytes < HANDOVER_BYTES) {
      BucketCursor cursor = poller.cursor(polled.bucket());
      List<ConsumerRecord<byte[], byte[]>> taken = polled.take(decoder().maxRecords());
      List<ConsumerRecord<byte[], byte[]>> wanted =
          cursor == null ? List.of() : cursor.wanted(taken, polled.polledAtMillis());
      if (wanted.isEmpty()) {
        continue;
      }
      LogBatch decoded = decoder().decode(wanted);
      LogBatch batch =
          decoded.excluded() ? decoded : metadata.addTo(decoded, cursor.split().bucket());
      RowSlice rows = limit.apply(cursor.wanted(batch));
      fetched.add(cursor.split().splitId(), rows);
      bytes += batch.sizeInBytes();
      metrics.recordBatch(batch);
      if (limit.reached()) {
        polled = PolledRecords.none();
        end(List.copyOf(poller.cursors()));
      }
    }
  }

  /** Behind the rows of this fetch: the task notes it once it has emitted them. */
  private void reportCaughtUp(FetchedBatches.Builder fetched) {
    for (BucketCursor cursor : poller.caughtUpFromTimeToTime()) {
      LogSplit split = cursor.split();
      LogPosition end = LogPosition.at(poller.position(cursor));
      LogBatch news = LogBatch.caughtUp(split.bucket().index(), end, poller.lastAskedMillis());
      fetched.add(split.splitId(), new RowSlice(news, 0, 0));
    }
  }

  private void end(List<BucketCursor> cursors) {
    if (!cursors.isEmpty()) {
      cursors.forEach(c -> finished.add(c.split().splitId()));
      poller.end(cursors.stream().map(c -> c.split().bucket().topicPartition()).toList());
    }
  }
}
