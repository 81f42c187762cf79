package io.fluss.lookup;

import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds rows of a primary-key table by key.
 *
 * <ul>
 *   <li>Of a partitioned table only the partitions that somebody asks for are read. One that is
 *       created later is found within a second, one that is dropped has no rows any more.
 *   <li>The first question about a bucket waits until the bucket's log was read up to the end it
 *       has then, by whomever; its answer, and all later ones, reflect at least what had been
 *       written by that time.
 *   <li>From then on the rows follow the log by themselves, and questions are answered at once from
 *       what is there: see {@link #freshness()}.
 *   <li>When the log cannot be followed any more, every question fails with a {@link
 *       LookupFailedException}; nothing stale is handed out for good.
 * </ul>
 *
 * <p>All lookups of a table in a process, with the same connection and local directory, share rows
 * and threads; they end some time after the last one was closed, see {@link
 * LookupSettings#keepAlive}. Thread-safe.
 */
public final class TableLookup implements AutoCloseable {

  private final BucketFollower follower;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, TopicLookup> byTopicId = new ConcurrentHashMap<>();

  TableLookup(BucketFollower follower, Runnable release) {
    this.follower = follower;
    this.release = release;
  }

  /** Opens a lookup, without talking to Kafka yet; the caller closes it. */
  public static TableLookup open(LookupSettings settings) {
    return SharedFollowers.open(settings);
  }

  /**
   * The rows of a table without partitions.
   *
   * @throws IllegalStateException where the table is partitioned
   */
  public TopicLookup whole() {
    TableInfo table = follower.settings().table();
    if (table.isPartitioned()) {
      throw new IllegalStateException(
          "Table '" + table.path() + "' is partitioned: rows are looked up in a partition.");
    }
    return topic(table);
  }

  /**
   * The rows of a partition; may ask the brokers which partitions there are. Ask again where it was
   * empty, or where it {@link TopicLookup#isGone}.
   *
   * @return empty where there is no such partition, or there was none a second ago
   */
  public Optional<TopicLookup> partition(PartitionName name) {
    return follower.partition(name).map(this::topic);
  }

  private TopicLookup topic(TableInfo inTopic) {
    String id = String.valueOf(inTopic.topicId());
    TopicLookup known = byTopicId.get(id);
    if (known != null && !known.isGone()) {
      return known;
    }
    byTopicId.values().removeIf(TopicLookup::isGone);
    return byTopicId.computeIfAbsent(
        id, made -> new TopicLookup(follower, follower.topic(inTopic), closed::get));
  }

  /** How far the rows are behind the log, over all buckets that were asked for. */
  public LookupFreshness freshness() {
    return follower.freshness();
  }

  /** Heap that the rows take, estimated, for all lookups that share them. */
  public long heapBytes() {
    return follower.heapBytes();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }

  /** Takes the rows that a {@link TopicLookup#scan} finds. */
  @FunctionalInterface
  public interface RowVisitor {

    /**
     * @param row as from {@link TopicLookup#get}
     */
    void row(byte[] key, byte[] row);
  }
}
