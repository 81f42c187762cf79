package io.fluss.source.reader;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.merge.TombstoneHorizon;
import io.fluss.merge.TombstonesGoneException;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopic;
import io.fluss.source.split.LogSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One consumer over the buckets of a reader, each with its cursor.
 *
 * <p>Runs in the fetcher thread; only {@link #wakeUp()} may be called from elsewhere.
 */
final class BucketPoller implements AutoCloseable {

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

  /** Records of primary-key tables are single rows: Kafka's default of 500 would be few. */
  private static final String ROWS_PER_POLL = "10000";

  /** How often the brokers are asked whether a bucket has been read to its end. */
  private static final Duration CAUGHT_UP_INTERVAL = Duration.ofMinutes(1);

  /** So that a topic that keeps deletes for less time than that can be read at all. */
  private static final int ASKED_PER_RETENTION = 4;

  /** A segment that is written to is not compacted: what was read just now was all there. */
  private static final Duration SHORTEST_LAG = Duration.ofMinutes(1);

  private static final Duration FOR_GOOD = Duration.ofMillis(Long.MAX_VALUE);

  private final LogScan scan;
  private final LongSupplier clock;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, BucketCursor> cursors = new LinkedHashMap<>();
  private boolean topicVerified;

  /** How long deletes are kept, null where the topic is not compacted. */
  @Nullable private Duration tombstoneRetention;

  /** How long replaced records stay, null where the topic is not compacted. */
  @Nullable private Duration compactionLag;

  private long lastAskedMillis;

  /**
   * @param name told to the brokers as client id
   * @param clock wall clock, epoch milliseconds
   */
  BucketPoller(LogScan scan, String name, LongSupplier clock) {
    this.scan = scan;
    this.clock = clock;
    this.consumer = LogConsumers.open(client(scan), name);
  }

  private static ClientConfig client(LogScan scan) {
    if (!scan.table().hasPrimaryKey()) {
      return scan.client();
    }
    Map<String, String> properties = new HashMap<>(scan.client().properties());
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ROWS_PER_POLL);
    return new ClientConfig(scan.client().bootstrapServers(), properties);
  }

  /**
   * Checks, the first time, that the topic is still the table's: restored splits come here without
   * the enumerator's check.
   *
   * @throws LogGoneException where it is not
   */
  void verifyTopic() {
    if (topicVerified) {
      return;
    }
    try (LogTopic topic = LogTopic.open(scan.table(), scan.client())) {
      topic.buckets();
      if (scan.table().hasPrimaryKey() && scan.table().mergeEngine() == MergeEngine.LAST_ROW) {
        tombstoneRetention = topic.tombstoneRetention();
        compactionLag = topic.compactionLag();
      }
    }
    topicVerified = true;
  }

  /**
   * Begins to read these splits, beside those that are read.
   *
   * @throws TombstonesGoneException where one comes too late
   */
  void begin(List<LogSplit> splits) {
    verifyTopic();
    long now = clock.getAsLong();
    List<BucketCursor> begun = new ArrayList<>();
    for (LogSplit split : splits) {
      BucketCursor cursor = new BucketCursor(scan.table(), split, horizon(split));
      cursors.put(split.bucket().topicPartition(), cursor);
      begun.add(cursor);
    }
    consumer.assign(cursors.keySet());
    splits.forEach(s -> consumer.seek(s.bucket().topicPartition(), s.position().offset()));
    if (tombstoneRetention != null) {
      noteCaughtUp(begun, now);
      begun.forEach(c -> c.requireAllDeletes(now));
    }
  }

  private TombstoneHorizon horizon(LogSplit split) {
    return TombstoneHorizon.ofCompacted(
        scan.table().path(),
        tombstoneRetention == null ? FOR_GOOD : tombstoneRetention,
        split.safeTimeMillis());
  }

  /**
   * To be called when a split with an end was read, before its rows are used.
   *
   * @throws FlussException where that took so long that rows may be missing which were replaced
   *     behind the end since
   */
  void requireNothingReplaced(LogSplit split) {
    if (compactionLag == null) {
      return;
    }
    Duration kept = compactionLag.compareTo(SHORTEST_LAG) < 0 ? SHORTEST_LAG : compactionLag;
    long took = clock.getAsLong() - split.safeTimeMillis();
    if (took > kept.toMillis()) {
      throw new FlussException(
          "Cannot answer from table '"
              + scan.table().path()
              + "': bucket "
              + split.bucket().index()
              + " was read "
              + TimeUtils.formatWithHighestUnit(Duration.ofMillis(took))
              + " after the query began, and its topic keeps records that were replaced for "
              + TimeUtils.formatWithHighestUnit(compactionLag)
              + " only ('min.compaction.lag.ms'), so rows that changed meanwhile may be missing."
              + " Read with a higher parallelism, or raise 'min.compaction.lag.ms' of topic '"
              + scan.table().topic()
              + "'.");
    }
  }

  /** Reads these buckets no more. */
  void end(Collection<TopicPartition> buckets) {
    cursors.keySet().removeAll(List.copyOf(buckets));
    consumer.assign(cursors.keySet());
  }

  /** Where the reading of a bucket stands; null where it is not read. */
  @Nullable
  BucketCursor cursor(TopicPartition bucket) {
    return cursors.get(bucket);
  }

  /** Of all buckets that are read. */
  Collection<BucketCursor> cursors() {
    return cursors.values();
  }

  /** The next records; none where there are none for a while, or after a wake-up. */
  PolledRecords poll() {
    try {
      return new PolledRecords(consumer.poll(pollTimeout()), clock.getAsLong());
    } catch (WakeupException e) {
      return PolledRecords.none(); // asked to look at other work
    } catch (OffsetOutOfRangeException e) {
      throw uninterrupted(() -> LogGapException.explain(scan.table(), consumer, e));
    } catch (KafkaException e) {
      throw new FlussException(
          "Could not read the log of table '" + scan.table().path() + "': " + e.getMessage(), e);
    }
  }

  /** The offset behind all records that polls have brought, and behind what they passed over. */
  long position(BucketCursor cursor) {
    return uninterrupted(() -> consumer.position(cursor.split().bucket().topicPartition()));
  }

  /** Those that have been polled to the end of their split. */
  List<BucketCursor> ended() {
    return cursors.values().stream()
        .filter(c -> c.split().stoppingOffset() != null && c.split().endsAt(position(c)))
        .toList();
  }

  /** Kafka records between what was polled and the ends of the buckets. */
  long lagInRecords() {
    long lag = 0;
    for (TopicPartition bucket : cursors.keySet()) {
      lag += consumer.currentLag(bucket).orElse(0L);
    }
    return lag;
  }

  /**
   * Asks the brokers, from time to time, which buckets have been polled to the end of their logs;
   * only where deletes are not kept for good.
   *
   * @return those, at {@link #lastAskedMillis()}
   */
  List<BucketCursor> caughtUpFromTimeToTime() {
    long now = clock.getAsLong();
    if (tombstoneRetention == null || cursors.isEmpty() || now - lastAskedMillis < interval()) {
      return List.of();
    }
    return noteCaughtUp(cursors.values(), now);
  }

  private Duration pollTimeout() {
    return tombstoneRetention != null && interval() < POLL_TIMEOUT.toMillis()
        ? Duration.ofMillis(interval())
        : POLL_TIMEOUT;
  }

  private long interval() {
    return Math.min(
        CAUGHT_UP_INTERVAL.toMillis(), tombstoneRetention.toMillis() / ASKED_PER_RETENTION);
  }

  long lastAskedMillis() {
    return lastAskedMillis;
  }

  private List<BucketCursor> noteCaughtUp(Collection<BucketCursor> asked, long now) {
    List<TopicPartition> buckets =
        asked.stream().map(c -> c.split().bucket().topicPartition()).toList();
    Map<TopicPartition, Long> ends = uninterrupted(() -> consumer.endOffsets(buckets));
    lastAskedMillis = now;
    List<BucketCursor> caughtUp =
        asked.stream()
            .filter(c -> position(c) == ends.get(c.split().bucket().topicPartition()))
            .toList();
    caughtUp.forEach(c -> c.caughtUp(now));
    return caughtUp;
  }

  void pauseOrResume(List<TopicPartition> toPause, List<TopicPartition> toResume) {
    consumer.resume(toResume.stream().filter(cursors::containsKey).toList());
    consumer.pause(toPause.stream().filter(cursors::containsKey).toList());
  }

  /** Tells the brokers how far the group has come; never fails, see {@code callback}. */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    try {
      consumer.commitAsync(offsets, callback);
    } catch (KafkaException e) {
      callback.onComplete(offsets, e);
    }
  }

  /** A wake-up is for the poll; one that comes late must not break another call. */
  private static <T> T uninterrupted(Supplier<T> call) {
    try {
      return call.get();
    } catch (WakeupException e) {
      return call.get();
    }
  }

  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
