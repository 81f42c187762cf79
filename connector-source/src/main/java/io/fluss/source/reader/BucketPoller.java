package io.fluss.source.reader;

import io.fluss.FlussException;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.ClientConfig;
import io.fluss.merge.TombstoneHorizon;
import io.fluss.merge.TombstonesGoneException;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopics;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TopicsGone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer over the buckets of a reader, each with its cursor.
 *
 * <p>Runs in the fetcher thread; only {@link #wakeUp()} may be called from elsewhere.
 */
final class BucketPoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BucketPoller.class);

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

  /** Records of primary-key tables are single rows: Kafka's default of 500 would be few. */
  private static final String ROWS_PER_POLL = "10000";

  /**
   * What a bounded read wants is there. A fetch that waits at the end of a bucket for more would
   * hold up the next bucket of the broker, or the closing of the consumer.
   */
  private static final String BOUNDED_FETCH_WAIT_MILLIS = "10";

  /** How often the brokers are asked whether a bucket has been read to its end. */
  private static final Duration CAUGHT_UP_INTERVAL = Duration.ofMinutes(1);

  /** So that a topic that keeps deletes for less time than that can be read at all. */
  private static final int ASKED_PER_RETENTION = 4;

  private static final Duration FOR_GOOD = Duration.ofMillis(Long.MAX_VALUE);

  /** How often it is asked whether a topic that was not there has come. */
  private static final Duration WAITING_INTERVAL = Duration.ofSeconds(1);

  /** How often a bounded read makes sure that its topics are there: without, it would wait. */
  private static final Duration IDENTITY_CHECK_INTERVAL = Duration.ofSeconds(10);

  private static final Duration ASK_AT_BEGIN_TIMEOUT = Duration.ofMinutes(1);

  /** Asking less often whether buckets are read to their ends does no harm; waiting does. */
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);

  private final LogScan scan;
  private final LongSupplier clock;
  private final Consumer<byte[], byte[]> consumer;
  private final TopicChecks topics;
  private final Map<TopicPartition, BucketCursor> cursors = new LinkedHashMap<>();

  /** Splits whose topic is not there, until it is, or until they are dropped. */
  private final Set<LogSplit> waiting = new LinkedHashSet<>();

  private final Semaphore wakeUps = new Semaphore(0);
  private long lastAskedMillis;
  private long lastVerifiedMillis;

  /**
   * @param name told to the brokers as client id
   * @param clock wall clock, epoch milliseconds
   */
  BucketPoller(LogScan scan, String name, LongSupplier clock) {
    this.scan = scan;
    this.clock = clock;
    this.topics = new TopicChecks(scan);
    this.consumer = LogConsumers.open(client(scan), name);
  }

  private static ClientConfig client(LogScan scan) {
    Map<String, String> properties = new HashMap<>(scan.client().properties());
    if (scan.table().hasPrimaryKey()) {
      properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ROWS_PER_POLL);
    }
    if (scan.bounded()) {
      properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, BOUNDED_FETCH_WAIT_MILLIS);
    }
    return new ClientConfig(scan.client().bootstrapServers(), properties);
  }

  /**
   * Checks that the topics of these splits are those that the splits were made for: restored splits
   * come here without the enumerator's check.
   *
   * @throws LogGoneException where one is not, and cannot be that of a partition dropped since
   */
  void verify(List<LogSplit> splits) {
    topics.verify(splits);
    lastVerifiedMillis = clock.getAsLong();
  }

  /**
   * Begins to read these splits, beside those that are read; those whose topic is not there begin
   * when it is.
   *
   * @throws TombstonesGoneException where one comes too late
   */
  void begin(List<LogSplit> splits) {
    topics.verify(splits);
    splits.stream().filter(s -> !topics.isVerified(s)).forEach(this::await);
    List<LogSplit> begun = splits.stream().filter(topics::isVerified).toList();
    if (begun.isEmpty()) {
      return;
    }
    long now = clock.getAsLong();
    List<BucketCursor> newCursors = new ArrayList<>();
    for (LogSplit split : begun) {
      BucketCursor cursor = new BucketCursor(scan.table(), split, horizon(split));
      cursors.put(split.bucket().topicPartition(), cursor);
      newCursors.add(cursor);
    }
    consumer.assign(cursors.keySet());
    begun.forEach(s -> consumer.seek(s.bucket().topicPartition(), s.position().offset()));
    if (isCompacted()) {
      noteCaughtUp(newCursors, now, ASK_AT_BEGIN_TIMEOUT);
      newCursors.forEach(c -> c.requireAllDeletes(now));
    }
  }

  private void await(LogSplit split) {
    if (waiting.add(split)) {
      LOG.warn(
          "Partition {} of table '{}' is not read: topic '{}' is not there, or is another one than"
              + " that with id {}. It was probably dropped.",
          split.bucket().partition(),
          scan.table().path(),
          split.bucket().topic(),
          split.bucket().topicId());
    }
  }

  private boolean isCompacted() {
    return topics.shortestTombstoneRetention().isPresent();
  }

  private TombstoneHorizon horizon(LogSplit split) {
    return TombstoneHorizon.ofCompacted(
        scan.table().path(),
        topics.compactionOf(split).map(LogTopics.Compaction::tombstoneRetention).orElse(FOR_GOOD),
        split.safeTimeMillis());
  }

  /**
   * To be called when a split with an end was read, before its rows are used.
   *
   * @throws FlussException where that took so long that rows may be missing which were replaced
   *     behind the end since
   */
  void requireNothingReplaced(LogSplit split) {
    Optional<LogTopics.Compaction> compaction = topics.compactionOf(split);
    if (compaction.isEmpty()) {
      return;
    }
    compaction
        .get()
        .requireNothingReplaced(
            scan.table(),
            split.bucket().topicPartition(),
            Duration.ofMillis(clock.getAsLong() - split.safeTimeMillis()));
  }

  /** Reads these buckets no more. */
  void end(Collection<TopicPartition> buckets) {
    cursors.keySet().removeAll(List.copyOf(buckets));
    consumer.assign(cursors.keySet());
  }

  /**
   * Reads the buckets of these topics no more, and does not wait for them.
   *
   * @return their splits
   */
  List<LogSplit> drop(TopicsGone gone) {
    List<LogSplit> dropped = new ArrayList<>(waiting);
    cursors.values().forEach(c -> dropped.add(c.split()));
    dropped.removeIf(s -> !gone.isOf(s));
    List<TopicPartition> ended = new ArrayList<>();
    for (LogSplit split : dropped) {
      if (!waiting.remove(split)) {
        ended.add(split.bucket().topicPartition());
      }
    }
    topics.forget(dropped);
    end(ended);
    return dropped;
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

  /** Whether there is something to read, or to wait for. */
  boolean hasWork() {
    return !cursors.isEmpty() || !waiting.isEmpty();
  }

  /** The next records; none where there are none for a while, or after a wake-up. */
  PolledRecords poll() {
    beginWaiting();
    verifyFromTimeToTime();
    if (cursors.isEmpty()) {
      pause();
      return PolledRecords.none();
    }
    try {
      return new PolledRecords(consumer.poll(pollTimeout()), clock.getAsLong());
    } catch (WakeupException e) {
      return PolledRecords.none(); // asked to look at other work
    } catch (OffsetOutOfRangeException e) {
      throw uninterrupted(() -> LogGapException.explain(scan.table(), consumer, e));
    } catch (KafkaException e) {
      throw new FlussException(
          "Could not read the log of table '"
              + scan.table().path()
              + "': "
              + MissingRight.explain(scan.client(), Operation.READ, scan.table().path(), e),
          e);
    }
  }

  private void beginWaiting() {
    if (!waiting.isEmpty() && isOver(WAITING_INTERVAL)) {
      List<LogSplit> splits = List.copyOf(waiting);
      verify(splits);
      List<LogSplit> come = splits.stream().filter(topics::isVerified).toList();
      come.forEach(waiting::remove);
      begin(come);
    }
  }

  /** An endless read need not: its enumerator looks, and {@link ReplacedPartitions}. */
  private void verifyFromTimeToTime() {
    if (scan.bounded() && !cursors.isEmpty() && isOver(IDENTITY_CHECK_INTERVAL)) {
      topics.verifyAgain(cursors.values().stream().map(BucketCursor::split).toList());
      lastVerifiedMillis = clock.getAsLong();
    }
  }

  /**
   * To be called when splits of a bounded read were polled to their ends, before they count as
   * read: the next look from time to time would come too late for them.
   *
   * @throws LogGoneException where one of their topics is not the one that the split was made for
   */
  void requireStillThere(Collection<BucketCursor> ended) {
    if (scan.bounded() && !ended.isEmpty()) {
      topics.verifyAgain(ended.stream().map(BucketCursor::split).toList());
    }
  }

  /** Whether the topics have not been looked at for so long. */
  private boolean isOver(Duration interval) {
    return clock.getAsLong() - lastVerifiedMillis >= interval.toMillis();
  }

  private void pause() {
    try {
      if (wakeUps.tryAcquire(WAITING_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        wakeUps.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    if (!isCompacted() || cursors.isEmpty() || now - lastAskedMillis < interval()) {
      return List.of();
    }
    try {
      return noteCaughtUp(cursors.values(), now, ASK_TIMEOUT);
    } catch (TimeoutException e) {
      // A broker is away, or a topic was dropped and we have not been told yet.
      LOG.info(
          "Could not ask where the buckets of table '{}' end; trying again.",
          scan.table().path(),
          e);
      lastAskedMillis = now;
      return List.of();
    }
  }

  private Duration pollTimeout() {
    Duration timeout = waiting.isEmpty() ? POLL_TIMEOUT : WAITING_INTERVAL;
    return isCompacted() && interval() < timeout.toMillis()
        ? Duration.ofMillis(interval())
        : timeout;
  }

  private long interval() {
    return Math.min(
        CAUGHT_UP_INTERVAL.toMillis(),
        topics.shortestTombstoneRetention().orElse(FOR_GOOD).toMillis() / ASKED_PER_RETENTION);
  }

  long lastAskedMillis() {
    return lastAskedMillis;
  }

  private List<BucketCursor> noteCaughtUp(
      Collection<BucketCursor> asked, long now, Duration timeout) {
    List<TopicPartition> buckets =
        asked.stream().map(c -> c.split().bucket().topicPartition()).toList();
    Map<TopicPartition, Long> ends = uninterrupted(() -> consumer.endOffsets(buckets, timeout));
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
    wakeUps.release();
  }

  @Override
  public void close() {
    topics.close();
    consumer.close();
  }
}
