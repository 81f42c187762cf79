package io.fluss.lookup;

import io.fluss.merge.TombstoneHorizon;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A bucket whose rows follow its log, and who waits for it to have come to some place of it.
 *
 * <p>The follower's thread moves it on; any thread may read its store once a wait is over.
 */
final class FollowedBucket {

  private static final long IDLE_COMMIT_MILLIS = 60_000;

  private final TopicPartition partition;
  private final LookupStore store;
  private final long logStart;

  // Of the follower's thread only.
  private final TombstoneHorizon horizon;
  private final List<Wait> waits = new ArrayList<>();
  private long committedSafeMillis;

  private volatile long offset;

  /**
   * @param from next offset to read
   */
  FollowedBucket(
      TopicPartition partition,
      LookupStore store,
      TombstoneHorizon horizon,
      long logStart,
      long from) {
    this.partition = partition;
    this.logStart = logStart;
    this.store = store;
    this.horizon = horizon;
    this.offset = from;
  }

  int bucket() {
    return partition.partition();
  }

  TopicPartition partition() {
    return partition;
  }

  /** Where the log began when its rows were read. */
  long logStart() {
    return logStart;
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

  /** Completes {@code done} once all before {@code target} is in the store. */
  void await(long target, CompletableFuture<Void> done) {
    waits.add(new Wait(target, done));
    completeWaits();
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
    completeWaits();
  }

  /** There will be no more rows: nobody waits for them any longer. */
  void giveUp() {
    waits.forEach(w -> w.done.complete(null));
    waits.clear();
  }

  private void completeWaits() {
    if (!waits.isEmpty()) {
      List<Wait> over = waits.stream().filter(w -> w.target <= offset).toList();
      waits.removeAll(over);
      over.forEach(w -> w.done.complete(null));
    }
  }

  private record Wait(long target, CompletableFuture<Void> done) {}
}
