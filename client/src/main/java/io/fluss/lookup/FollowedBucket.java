package io.fluss.lookup;

import io.fluss.merge.TombstoneHorizon;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A bucket that somebody asked for:
 *
 * <pre>
 *   demanded --begin--> loading --reached(target)--> ready, following its log
 *       |                  |                            |
 *       +------------------+-------- fail --------------+--> failed
 * </pre>
 *
 * The follower's thread moves it on; any thread may wait for it.
 */
final class FollowedBucket {

  private static final long IDLE_COMMIT_MILLIS = 60_000;

  private final TopicPartition partition;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Set by {@link #begin}, before {@link #ready} is done. */
  private volatile LookupStore store;

  // Of the follower's thread only.
  private TombstoneHorizon horizon;
  private long target;
  private long committedSafeMillis;

  private volatile long offset;

  FollowedBucket(TopicPartition partition) {
    this.partition = partition;
  }

  int bucket() {
    return partition.partition();
  }

  TopicPartition partition() {
    return partition;
  }

  /**
   * @param from next offset to read
   * @param to the bucket is ready once all before this offset is in the store
   */
  void begin(LookupStore newStore, TombstoneHorizon newHorizon, long from, long to) {
    store = newStore;
    horizon = newHorizon;
    offset = from;
    target = to;
  }

  LookupStore store() {
    return store;
  }

  TombstoneHorizon horizon() {
    return horizon;
  }

  /** All before this offset is in the store. Any thread. */
  long offset() {
    return offset;
  }

  /**
   * Commits what was applied, where the log was read further than before. Of a log in which nothing
   * happens, only the time is noted now and then, so that local files stay good for something.
   */
  void reached(long newOffset) {
    long safeMillis = horizon.safeTimeMillis();
    if (newOffset != offset || safeMillis - committedSafeMillis > IDLE_COMMIT_MILLIS) {
      store.commit(new LogProgress(newOffset, safeMillis));
      offset = newOffset;
      committedSafeMillis = safeMillis;
    }
    if (!ready.isDone() && newOffset >= target) {
      ready.complete(null);
    }
  }

  boolean isReady() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  /** A future of the caller's own, so that nobody completes it for others. */
  CompletableFuture<Void> whenReady() {
    return ready.copy();
  }

  void fail(LookupFailedException failure) {
    ready.completeExceptionally(failure);
  }
}
