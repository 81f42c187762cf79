package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import javax.annotation.Nullable;

/**
 * Finds rows of a whole table without partitions, or of one partition, by bucket and key; what it
 * promises is said at {@link TableLookup}. Thread-safe; ends with the lookup it is of.
 */
public final class TopicLookup {

  private final BucketFollower follower;
  private final FollowedTopic topic;
  private final BooleanSupplier closed;

  /** By bucket: done when this lookup may answer; null until the first question. */
  private final AtomicReferenceArray<CompletableFuture<Void>> ready;

  TopicLookup(BucketFollower follower, FollowedTopic topic, BooleanSupplier closed) {
    this.follower = follower;
    this.topic = topic;
    this.closed = closed;
    this.ready = new AtomicReferenceArray<>(topic.table().buckets());
  }

  /**
   * Whether this is of a partition that was dropped: it has no rows any more, and if there is one
   * of its name now, that is another.
   */
  public boolean isGone() {
    return topic.isGone();
  }

  /**
   * Whether questions about the bucket are answered without waiting.
   *
   * @throws LookupFailedException where the log cannot be followed
   */
  public boolean isReady(int bucket) {
    CompletableFuture<Void> done = ready(bucket);
    return done.isDone() && !done.isCompletedExceptionally();
  }

  /**
   * Begins to read the bucket, if nobody has; done when {@link #isReady}, or with what failed.
   * Dependents may run on the thread that reads the log, so they must not block.
   *
   * @throws LookupFailedException where the log cannot be followed
   */
  public CompletableFuture<Void> whenReady(int bucket) {
    return ready(bucket).copy();
  }

  private CompletableFuture<Void> ready(int bucket) {
    requireOpen(bucket);
    CompletableFuture<Void> known = ready.get(bucket);
    if (known != null) {
      return known;
    }
    CompletableFuture<Void> made = new CompletableFuture<>();
    if (!ready.compareAndSet(bucket, null, made)) {
      return ready.get(bucket);
    }
    follower.demand(topic, bucket, made);
    return made;
  }

  private void requireOpen(int bucket) {
    if (closed.getAsBoolean()) {
      throw new LookupFailedException(path(), bucket, new FlussException("the lookup was closed"));
    }
    follower.requireHealthy(bucket);
  }

  private TablePath path() {
    return topic.table().path();
  }

  /** Null where the partition was dropped. */
  @Nullable
  private LookupStore readyStore(int bucket) {
    CompletableFuture<Void> done = ready(bucket);
    if (!done.isDone() || done.isCompletedExceptionally()) {
      await(bucket, done);
    }
    FollowedBucket followed = topic.isGone() ? null : topic.bucket(bucket);
    return followed == null ? null : followed.store();
  }

  private void await(int bucket, CompletableFuture<Void> done) {
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlussException(
          "Interrupted while bucket " + bucket + " of table '" + path() + "' was read for lookups.",
          e);
    } catch (ExecutionException e) {
      throw new LookupFailedException(path(), bucket, follower.failureOr(e));
    }
  }

  /**
   * The row of a key, null where there is none. Waits until the bucket is ready.
   *
   * @param key that of the row's full records, see {@link LookupStore}
   * @return the value of such a record; nobody may change it
   * @throws LookupFailedException where the log cannot be followed
   */
  public @Nullable byte[] get(int bucket, byte[] key) {
    LookupStore store = readyStore(bucket);
    return store == null ? null : follower.rows().row(store.get(key));
  }

  /**
   * Visits the rows of all keys that begin with {@code prefix}, in the order of their keys. Waits
   * until the bucket is ready. A prefix has the column set 0 too, then some of the key's columns.
   *
   * @throws LookupFailedException where the log cannot be followed
   */
  public void scan(int bucket, byte[] prefix, TableLookup.RowVisitor visitor) {
    LookupStore store = readyStore(bucket);
    if (store == null) {
      return;
    }
    RowsOfStates rows = follower.rows();
    store.scan(
        prefix,
        (key, state) -> {
          byte[] row = rows.row(state);
          if (row != null) {
            visitor.row(key, row);
          }
        });
  }
}
