package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.admin.PartitionMaintenance;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.SchemasSince;
import io.fluss.options.MergeEngine;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.read.LogTopic;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that keeps the stores of a table's buckets up to date, over all its partitions: of
 * those buckets that somebody asked for, each from the start of its log, or from where local files
 * end, onwards.
 *
 * <p>Whatever goes wrong ends it for good; then everything that is asked fails with the cause.
 */
final class BucketFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BucketFollower.class);

  /** How long a new bucket waits at most for a poll without records. */
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);

  /** Records are small, and each poll costs something per bucket. */
  private static final String RECORDS_PER_POLL = "10000";

  /** A broker may know of a partition that was just created only after a moment. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final LookupSettings settings;
  private final KnownPartitions partitions;

  /** By id of the topic: all that somebody looked for rows in, but for those that are gone. */
  private final Map<String, FollowedTopic> topics = new ConcurrentHashMap<>();

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
    this.partitions = new KnownPartitions(settings.table(), settings.client());
    this.fold =
        new RecordFold(
            settings.table(), this::tableNow, table -> new SchemasSince(table, settings.client()));
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
   * @param topic from {@link #topic}
   * @param done completed once the bucket's rows reflect all that its log had at the time of this
   *     call, or with a {@link LookupFailedException}
   */
  void demand(FollowedTopic topic, int bucket, CompletableFuture<Void> done) {
    unanswered.add(done);
    done.whenComplete((nothing, failed) -> unanswered.remove(done));
    demands.add(new Demand(topic, bucket, done, System.nanoTime()));
    // A failure that came before may not have seen this one.
    Throwable known = failure;
    if (known != null) {
      done.completeExceptionally(new LookupFailedException(table().path(), bucket, known));
    }
  }

  /** The topic of this table, or of a partition, for demands. */
  FollowedTopic topic(TableInfo inTopic) {
    return topics.computeIfAbsent(
        String.valueOf(inTopic.topicId()), id -> new FollowedTopic(inTopic));
  }

  /** The table in the topic of a partition, if there is one; may ask the brokers. */
  Optional<TableInfo> partition(PartitionName name) {
    return Optional.ofNullable(partitions.find(name)).map(p -> p.of(table()));
  }

  /** Makes rows as whoever asks knows the table, from now on; those before map them to theirs. */
  void learn(TableInfo table) {
    fold.rows().use(table);
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

  @SuppressWarnings("try") // maintenance runs by itself
  private void run() {
    try (KnownPartitions known = partitions;
        PartitionMaintenance maintenance = PartitionMaintenance.start(table(), settings.client());
        LogTopics log = LogTopics.open(table(), settings.client());
        Consumer<byte[], byte[]> consumer =
            LogConsumers.open(consumerConfig(), "lookup-" + table().topic());
        TableStores stores =
            new TableStores(table(), settings.localDir(), settings.memoryBytes(), known::topicIds);
        LogWatch watch =
            LogWatch.start(
                thread.getName() + " watch", table(), log, topics.values(), this::fail)) {
      requireTopic();
      followUntilClosed(log, consumer, stores, watch);
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Failures are told before the stores close, so that nobody meets a closed one without cause. */
  private void followUntilClosed(
      LogTopics log, Consumer<byte[], byte[]> consumer, TableStores stores, LogWatch watch) {
    try {
      while (!closed && failure == null) {
        letGo(consumer, stores);
        begin(log, consumer, stores);
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

  /** That of a partition is from a listing just made. */
  private void requireTopic() {
    if (!table().isPartitioned()) {
      try (LogTopic topic = LogTopic.open(table(), settings.client())) {
        topic.buckets();
      }
    }
  }

  /** Forgets partitions that were dropped; who still waits for their rows finds none. */
  private void letGo(Consumer<byte[], byte[]> consumer, TableStores stores) {
    for (FollowedTopic topic : topics.values()) {
      if (topic.isGone()) {
        topics.remove(topic.id());
        partitions.gone(topic.id());
        for (FollowedBucket bucket : topic.followed()) {
          followed.remove(bucket.partition());
          bucket.giveUp();
          stores.remove(bucket.store());
        }
        topic.forgetBuckets();
        consumer.assign(followed.keySet());
      }
    }
  }

  /** Takes up what was asked for since the last time; waits where nothing is followed yet. */
  private void begin(LogTopics log, Consumer<byte[], byte[]> consumer, TableStores stores)
      throws InterruptedException {
    List<Demand> taken = new ArrayList<>();
    if (followed.isEmpty()) {
      Demand first = demands.poll(POLL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        taken.add(first);
      }
    }
    demands.drainTo(taken);
    taken.stream().filter(d -> d.topic.isGone()).forEach(d -> d.done.complete(null));
    taken.removeIf(d -> d.topic.isGone());
    if (table().isPartitioned()) {
      setAsideWhereMissing(taken, log);
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      begin(taken, log, consumer, stores);
    } catch (RuntimeException e) {
      if (!table().isPartitioned()) {
        throw e;
      }
      giveBackWhereGone(taken, log, e);
    }
  }

  /**
   * Takes out what asks for partitions that are not there: dropped since they were listed, or a
   * broker does not know of them yet, so it is asked again for a while. Kafka's client would ask
   * again for a minute, and all lookups would wait.
   */
  private void setAsideWhereMissing(List<Demand> taken, LogTopics log) {
    List<String> names =
        taken.stream()
            .filter(d -> d.topic.followed().isEmpty())
            .map(d -> d.topic.name())
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return;
    }
    Map<String, LogTopics.Found> found = log.find(names);
    List<Demand> missing =
        taken.stream()
            .filter(d -> names.contains(d.topic.name()))
            .filter(d -> !d.topic.isIn(found))
            .toList();
    taken.removeAll(missing);
    for (Demand demand : missing) {
      if (found.containsKey(demand.topic.name()) || demand.isOld()) {
        demand.topic.markGone();
        demand.done.complete(null);
      } else {
        demands.add(demand);
      }
    }
    if (taken.isEmpty() && followed.isEmpty()) {
      LockSupport.parkNanos(POLL_TIMEOUT.toNanos());
    }
  }

  /** A partition may be dropped just before the first question about its log. */
  private void giveBackWhereGone(List<Demand> taken, LogTopics log, RuntimeException failure) {
    Map<String, LogTopics.Found> found =
        log.find(taken.stream().map(d -> d.topic.name()).distinct().toList());
    List<Demand> gone = taken.stream().filter(d -> !d.topic.isIn(found)).toList();
    if (gone.isEmpty()) {
      throw failure;
    }
    gone.forEach(d -> d.topic.markGone());
    demands.addAll(taken);
  }

  private void begin(
      List<Demand> taken, LogTopics log, Consumer<byte[], byte[]> consumer, TableStores stores) {
    Set<TopicPartition> wanted = new LinkedHashSet<>();
    taken.forEach(d -> wanted.add(d.kafkaPartition()));
    Map<TopicPartition, Long> ends = log.logEnd(wanted);
    Map<TopicPartition, Long> starts = log.logStart(wanted);
    requireNothingCutOff(starts);
    long now = System.currentTimeMillis();
    List<FollowedBucket> added = new ArrayList<>();
    for (Demand demand : taken) {
      TopicPartition place = demand.kafkaPartition();
      if (demand.topic.bucket(demand.bucket) == null) {
        StartedStore started =
            StartedStore.of(
                demand.topic.table(),
                stores,
                demand.bucket,
                starts.get(place),
                ends.get(place),
                now);
        fold.goOnFrom(started.store());
        FollowedBucket bucket =
            new FollowedBucket(
                place, started.store(), started.horizon(), starts.get(place), started.offset());
        demand.topic.follow(demand.bucket, bucket);
        followed.put(place, bucket);
        added.add(bucket);
      }
    }
    if (!added.isEmpty()) {
      consumer.assign(followed.keySet());
      added.forEach(b -> consumer.seek(b.partition(), b.offset()));
    }
    for (Demand demand : taken) {
      FollowedBucket bucket = demand.topic.bucket(demand.bucket);
      if (bucket != null) {
        bucket.await(ends.get(demand.kafkaPartition()), demand.done);
      }
    }
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
    } catch (AuthorizationException e) {
      throw new FlussException(
          MissingRight.explain(settings.client(), Operation.READ, table().path(), e), e);
    }
  }

  /**
   * The log of a table with a merge engine is never cut off by us; where somebody does it with
   * Kafka's tools, no record tells of it.
   *
   * @throws FlussException where rows here may be gone from the table
   */
  private void requireNothingCutOff(Map<TopicPartition, Long> starts) {
    if (table().mergeEngine() == MergeEngine.LAST_ROW) {
      return;
    }
    for (FollowedBucket bucket : followed.values()) {
      Long start = starts.get(bucket.partition());
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
      Long end = ends.offsets().get(bucket.partition());
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
  private record Demand(
      FollowedTopic topic, int bucket, CompletableFuture<Void> done, long atNanos) {

    boolean isOld() {
      return System.nanoTime() - atNanos > BROKER_DELAY.toNanos();
    }

    TopicPartition kafkaPartition() {
      return topic.kafkaPartition(bucket);
    }
  }
}
