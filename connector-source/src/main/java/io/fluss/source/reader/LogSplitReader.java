package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.RecordDecoder;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicsGone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Fetches and decodes the records of all splits of one reader, and hands them over as they are.
 *
 * <ul>
 *   <li>Decoding happens here, so that the task thread only emits.
 *   <li>Memory: one poll's records as stored, and of the decoded ones what a fetch hands over,
 *       about {@value #HANDOVER_BYTES} stored bytes or one batch.
 *   <li>A split ends by the consumer's position, not by the last record: what lies before the end
 *       may be transaction markers or rows of aborted transactions, which are never seen.
 * </ul>
 */
final class LogSplitReader extends TableSplitReader {

  private static final int HANDOVER_BYTES = 2 << 20;

  private final RecordDecoder decoder;
  private final MetadataColumns metadata;
  private final RowLimit limit;
  private final ReaderMetrics metrics;
  private final Set<String> finished = new HashSet<>();
  private PolledRecords polled = PolledRecords.none();

  LogSplitReader(
      LogScan scan, MetadataColumns metadata, ReaderMetrics metrics, BucketPoller poller) {
    super(poller);
    this.metadata = metadata;
    this.metrics = metrics;
    this.limit = new RowLimit(scan.limit());
    this.decoder = RecordDecoder.of(scan);
  }

  @Override
  void add(List<TableSplit> splits) {
    List<LogSplit> begun = new ArrayList<>();
    for (TableSplit split : splits) {
      LogSplit log = (LogSplit) split;
      if (limit.reached() || log.endsAt(log.position().offset())) {
        finished.add(log.splitId());
      } else {
        begun.add(log);
      }
    }
    poller.begin(begun);
  }

  @Override
  void drop(TopicsGone gone) {
    List<LogSplit> dropped = poller.drop(gone);
    polled.passOver(dropped.stream().map(s -> s.bucket().topicPartition()).toList());
    dropped.forEach(s -> finished.add(s.splitId()));
  }

  @Override
  public RecordsWithSplitIds<RowSlice> fetch() {
    FetchedBatches.Builder fetched = new FetchedBatches.Builder();
    // Splits that ended on arrival are reported at once, not after a poll that may take its time.
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
      List<ConsumerRecord<byte[], byte[]>> taken = polled.take(decoder.maxRecords());
      List<ConsumerRecord<byte[], byte[]>> wanted =
          cursor == null ? List.of() : cursor.wanted(taken, polled.polledAtMillis());
      if (wanted.isEmpty()) {
        continue;
      }
      LogBatch decoded = decoder.decode(wanted);
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
