package io.fluss.source.reader;

import io.fluss.FlussException;
import io.fluss.read.LogBatch;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.read.LogRecordDecoder;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopic;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Fetches and decodes the batches of all splits of one reader over one consumer.
 *
 * <ul>
 *   <li>Runs in the fetcher thread; only {@link #wakeUp()} may be called from elsewhere.
 *   <li>Decoding happens here, so that the task thread only emits.
 *   <li>Memory: one poll's records as stored, and of the decoded ones what a fetch hands over,
 *       about {@value #HANDOVER_BYTES} stored bytes or one batch.
 *   <li>A split ends by the consumer's position, not by the last record: what lies before the end
 *       may be transaction markers or rows of aborted transactions, which are never seen.
 * </ul>
 */
final class LogSplitReader implements SplitReader<RowSlice, TableSplit> {

  private static final int HANDOVER_BYTES = 2 << 20;
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

  private final LogScan scan;
  private final Consumer<byte[], byte[]> consumer;
  private final LogRecordDecoder decoder;
  private final MetadataColumns metadata;
  private final RowLimit limit;
  private final ReaderMetrics metrics;
  private final Map<TopicPartition, BucketCursor> cursors = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();
  private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();
  private boolean topicVerified;

  LogSplitReader(LogScan scan, MetadataColumns metadata, ReaderMetrics metrics, String name) {
    this.scan = scan;
    this.metadata = metadata;
    this.metrics = metrics;
    this.limit = new RowLimit(scan.limit());
    this.decoder = LogRecordDecoder.of(scan.table(), scan.selection());
    this.consumer = LogConsumers.open(scan.client(), name);
  }

  @Override
  public void handleSplitsChanges(SplitsChange<TableSplit> change) {
    if (change instanceof SplitsAddition) {
      add(change.splits());
    } else if (change instanceof SplitsRemoval) {
      change.splits().forEach(s -> cursors.remove(s.bucket().topicPartition()));
      consumer.assign(cursors.keySet());
    } else {
      throw new UnsupportedOperationException("Unknown change of splits: " + change);
    }
  }

  private void add(List<TableSplit> splits) {
    verifyTopic();
    List<LogSplit> added = new ArrayList<>();
    for (TableSplit split : splits) {
      LogSplit log = (LogSplit) split;
      if (limit.reached() || log.endsAt(log.position().offset())) {
        finished.add(log.splitId());
      } else {
        cursors.put(log.bucket().topicPartition(), new BucketCursor(scan.table(), log));
        added.add(log);
      }
    }
    consumer.assign(cursors.keySet());
    added.forEach(s -> consumer.seek(s.bucket().topicPartition(), s.position().offset()));
  }

  /** Restored splits come here without the enumerator's check, so the reader makes its own. */
  private void verifyTopic() {
    if (!topicVerified) {
      try (LogTopic topic = LogTopic.open(scan.table(), scan.client())) {
        topic.buckets();
      }
      topicVerified = true;
    }
  }

  @Override
  public RecordsWithSplitIds<RowSlice> fetch() {
    FetchedBatches.Builder fetched = new FetchedBatches.Builder();
    // Splits that ended on arrival are reported at once, not after a poll that may take its time.
    if (!cursors.isEmpty() && finished.isEmpty()) {
      if (!polled.hasNext()) {
        poll();
      }
      decodeInto(fetched);
      if (!polled.hasNext()) {
        finishSplitsAtTheirEnd();
        metrics.recordLag(lagInBatches());
      }
    }
    FetchedBatches result = fetched.build(finished);
    finished.clear();
    return result;
  }

  private void poll() {
    try {
      polled = consumer.poll(POLL_TIMEOUT).iterator();
    } catch (WakeupException e) {
      // Asked to look at other work: an empty fetch does.
    } catch (OffsetOutOfRangeException e) {
      throw uninterrupted(() -> LogGapException.explain(scan.table(), consumer, e));
    } catch (KafkaException e) {
      throw new FlussException(
          "Could not read the log of table '" + scan.table().path() + "': " + e.getMessage(), e);
    }
  }

  private void decodeInto(FetchedBatches.Builder fetched) {
    int bytes = 0;
    while (polled.hasNext() && bytes < HANDOVER_BYTES) {
      ConsumerRecord<byte[], byte[]> record = polled.next();
      BucketCursor cursor = cursors.get(new TopicPartition(record.topic(), record.partition()));
      if (cursor == null || cursor.split().endsAt(record.offset())) {
        continue;
      }
      LogBatch batch = metadata.addTo(decoder.decode(record), cursor.split().bucket());
      RowSlice rows = limit.apply(cursor.wanted(batch));
      fetched.add(cursor.split().splitId(), rows);
      bytes += batch.sizeInBytes();
      metrics.recordBatch(batch);
      if (limit.reached()) {
        finishAll();
      }
    }
  }

  private void finishSplitsAtTheirEnd() {
    List<TopicPartition> ended = new ArrayList<>();
    cursors.forEach(
        (bucket, cursor) -> {
          if (cursor.split().stoppingOffset() != null
              && cursor.split().endsAt(uninterrupted(() -> consumer.position(bucket)))) {
            ended.add(bucket);
            finished.add(cursor.split().splitId());
          }
        });
    if (!ended.isEmpty()) {
      ended.forEach(cursors::remove);
      consumer.assign(cursors.keySet());
    }
  }

  private void finishAll() {
    cursors.values().forEach(cursor -> finished.add(cursor.split().splitId()));
    cursors.clear();
    polled = Collections.emptyIterator();
    consumer.assign(List.of());
  }

  private long lagInBatches() {
    long lag = 0;
    for (TopicPartition bucket : cursors.keySet()) {
      lag += consumer.currentLag(bucket).orElse(0L);
    }
    return lag;
  }

  /** A wake-up is for the poll; one that comes late must not break another call. */
  private static <T> T uninterrupted(Supplier<T> call) {
    try {
      return call.get();
    } catch (WakeupException e) {
      return call.get();
    }
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<TableSplit> splitsToPause, Collection<TableSplit> splitsToResume) {
    consumer.resume(assigned(splitsToResume));
    consumer.pause(assigned(splitsToPause));
  }

  private List<TopicPartition> assigned(Collection<TableSplit> splits) {
    return splits.stream()
        .map(s -> s.bucket().topicPartition())
        .filter(cursors::containsKey)
        .toList();
  }

  /** Tells the brokers how far the group has come; never fails, see {@code callback}. */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    try {
      consumer.commitAsync(offsets, callback);
    } catch (KafkaException e) {
      callback.onComplete(offsets, e);
    }
  }

  @Override
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
