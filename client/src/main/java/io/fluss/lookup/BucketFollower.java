package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.read.LogTopic;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that keeps the stores of a table's buckets up to date: of those buckets that somebody
 * asked for, each from the start of its log, or from where local files end, onwards.
 *
 * <p>Whatever goes wrong ends it for good; then everything that is asked fails with the cause.
 */
final class BucketFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BucketFollower.class);

  /** How long a new bucket waits at most for a poll without records. */
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);

  /** Records are small, and each poll costs something per bucket. */
  private static final String RECORDS_PER_POLL = "10000";

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final LookupSettings settings;
  private final AtomicReferenceArray<FollowedBucket> buckets;
  private final BlockingQueue<Demand> demands = new LinkedBlockingQueue<>();
  private final Set<CompletableFuture<Void>> unanswered = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, FollowedBucket> followed = new LinkedHashMap<>();
  private final RecordFold fold;
  private final Thread thread;

  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private volatile long lagRecords;
  private volatile long caughtUpMillis = System.currentTimeMillis();
  private volatile long heapBytes;

  private BucketFollower(LookupSettings settings) {
    this.settings = settings;
    this.buckets = new AtomicReferenceArray<>(settings.table().buckets());
    this.fold = new RecordFold(settings.table(), this::tableNow);
    this.thread = new Thread(this::run, "fluss-lookup " + settings.table().topic());
  }

  static BucketFollower start(LookupSettings settings) {
    BucketFollower follower = new BucketFollower(settings);
    follower.thread.setDaemon(true);
    // The task that happens to be first must not lend its class loader for longer than it lives.
    follower.thread.setContextClassLoader(BucketFollower.class.getClassLoader());
    follower.thread.start();
    return follower;
  }

  LookupSettings settings() {
    return settings;
  }

  private TableInfo table() {
    return settings.table();
  }

  // --- asked by any thread

  /**
   * Begins to read the bucket, if nobody has.
   *
   * @param done completed once the bucket's rows reflect all that its log had at the time of this
   *     call, or with a {@link LookupFailedException}
   */
  void demand(int bucket, CompletableFuture<Void> done) {
    unanswered.add(done);
    done.whenComplete((nothing, failed) -> unanswered.remove(done));
    demands.add(new Demand(bucket, done));
    // A failure that came before may not have seen this one.
    Throwable known = failure;
    if (known != null) {
      done.completeExceptionally(new LookupFailedException(table().path(), bucket, known));
    }
  }

  /** The store of a bucket that somebody's demand was answered for. */
  LookupStore store(int bucket) {
    return buckets.get(bucket).store();
  }

  /** Makes rows of what the stores hold. */
  RowsOfStates rows() {
    return fold.rows();
  }

  /**
   * @throws LookupFailedException where the log cannot be followed
   */
  void requireHealthy(int bucket) {
    Throwable known = failure;
    if (known != null) {
      throw new LookupFailedException(table().path(), bucket, known);
    }
  }

  /** The failure that ended the follower, or the other where there is none. */
  Throwable failureOr(Throwable other) {
    Throwable known = failure;
    return known == null ? other : known;
  }

  boolean hasFailed() {
    return failure != null;
  }

  LookupFreshness freshness() {
    return new LookupFreshness(
        lagRecords, Math.max(0, System.currentTimeMillis() - caughtUpMillis));
  }

  long heapBytes() {
    return heapBytes;
  }

  // --- the thread

  private void run() {
    try (LogTopic topic = LogTopic.open(table(), settings.client());
        Consumer<byte[], byte[]> consumer =
            LogConsumers.open(consumerConfig(), "lookup-" + table().topic());
        TableStores stores = new TableStores(table(), settings.localDir(), settings.memoryBytes());
        LogWatch watch =
            LogWatch.start(thread.getName() + " watch", topic, this::bucketsBegun, this::fail)) {
      followUntilClosed(topic, consumer, stores, watch);
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Failures are told before the stores close, so that nobody meets a closed one without cause. */
  private void followUntilClosed(
      LogTopic topic, Consumer<byte[], byte[]> consumer, TableStores stores, LogWatch watch) {
    try {
      topic.buckets();
      while (!closed && failure == null) {
        begin(topic, consumer, stores);
        if (!followed.isEmpty()) {
          follow(consumer);
          stores.keepBound();
          heapBytes = stores.heapBytes();
          noteEnds(watch.ends());
        }
      }
      fail(new FlussException("the lookup was closed"));
    } catch (Throwable e) {
      fail(e);
    }
  }

  private TableInfo tableNow(TableInfo known) {
    try (TableAdmin admin = TableAdmin.connect(settings.client())) {
      return admin.refresh(known).orElse(known);
    }
  }

  private ClientConfig consumerConfig() {
    Map<String, String> properties = new HashMap<>(settings.client().properties());
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    return new ClientConfig(settings.client().bootstrapServers(), properties);
  }

  private Collection<Integer> bucketsBegun() {
    List<Integer> begun = new ArrayList<>();
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      if (buckets.get(bucket) != null) {
        begun.add(bucket);
      }
    }
    return begun;
  }

  /** Takes up what was asked for since the last time; waits where nothing is followed yet. */
  private void begin(LogTopic topic, Consumer<byte[], byte[]> consumer, TableStores stores)
      throws InterruptedException {
    List<Demand> taken = new ArrayList<>();
    if (followed.isEmpty()) {
      Demand first = demands.poll(POLL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        taken.add(first);
      }
    }
    demands.drainTo(taken);
    if (taken.isEmpty()) {
      return;
    }
    List<Integer> numbers = taken.stream().map(Demand::bucket).distinct().toList();
    Map<Integer, Long> ends = topic.logEnd(numbers);
    List<Integer> added = numbers.stream().filter(n -> buckets.get(n) == null).toList();
    Map<Integer, Long> starts = topic.logStart(numbers);
    requireNothingCutOff(starts);
    if (!added.isEmpty()) {
      begin(added, starts, ends, consumer, stores);
    }
    for (Demand demand : taken) {
      buckets.get(demand.bucket).await(ends.get(demand.bucket), demand.done);
    }
  }

  private void begin(
      List<Integer> added,
      Map<Integer, Long> starts,
      Map<Integer, Long> ends,
      Consumer<byte[], byte[]> consumer,
      TableStores stores) {
    long now = System.currentTimeMillis();
    for (int number : added) {
      StartedStore started =
          StartedStore.of(table(), stores, number, starts.get(number), ends.get(number), now);
      fold.goOnFrom(started.store());
      FollowedBucket bucket =
          new FollowedBucket(
              new TopicPartition(table().topic(), number),
              started.store(),
              started.horizon(),
              starts.get(number),
              started.offset());
      buckets.set(number, bucket);
      followed.put(bucket.partition(), bucket);
    }
    consumer.assign(followed.keySet());
    added.forEach(n -> consumer.seek(buckets.get(n).partition(), buckets.get(n).offset()));
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> records = poll(consumer);
    long now = System.currentTimeMillis();
    long lag = 0;
    for (FollowedBucket bucket : followed.values()) {
      bucket.horizon().check(now);
      for (ConsumerRecord<byte[], byte[]> record : records.records(bucket.partition())) {
        fold.apply(record, bucket.store());
        bucket.horizon().recordRead(record.timestamp());
      }
      bucket.reached(consumer.position(bucket.partition()));
      lag += consumer.currentLag(bucket.partition()).orElse(0L);
    }
    lagRecords = lag;
  }

  private ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer) {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (OffsetOutOfRangeException e) {
      throw LogGapException.explain(table(), consumer, e);
    }
  }

  /**
   * The log of a table with a merge engine is never cut off by us; where somebody does it with
   * Kafka's tools, no record tells of it.
   *
   * @throws FlussException where rows here may be gone from the table
   */
  private void requireNothingCutOff(Map<Integer, Long> starts) {
    if (table().mergeEngine() == MergeEngine.LAST_ROW) {
      return;
    }
    for (FollowedBucket bucket : followed.values()) {
      Long start = starts.get(bucket.bucket());
      if (start != null && start > bucket.logStart()) {
        throw new FlussException(
            "the log of the table was cut off: it begins at offset "
                + start
                + " in bucket "
                + bucket.bucket()
                + ", and its rows were read from "
                + bucket.logStart()
                + " on. They are read anew by whoever looks up next");
      }
    }
  }

  private void noteEnds(LogWatch.Ends ends) {
    requireNothingCutOff(ends.starts());
    boolean all = !ends.offsets().isEmpty();
    for (FollowedBucket bucket : followed.values()) {
      Long end = ends.offsets().get(bucket.bucket());
      if (end != null && bucket.offset() >= end) {
        bucket.horizon().caughtUp(ends.epochMillis());
      } else {
        all = false;
      }
    }
    if (all) {
      caughtUpMillis = Math.max(caughtUpMillis, ends.epochMillis());
    }
  }

  /** The first one counts. */
  private synchronized void fail(Throwable cause) {
    if (failure != null) {
      return;
    }
    if (!closed) {
      LOG.error("Lookups of table '{}' fail from now on.", table().path(), cause);
    }
    failure = cause;
    for (CompletableFuture<Void> done : unanswered) {
      done.completeExceptionally(cause);
    }
  }

  /** Ends the thread and waits for it; local files stay. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody wants a bucket's rows as of now. */
  private record Demand(int bucket, CompletableFuture<Void> done) {}
}
