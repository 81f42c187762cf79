package io.fluss.lookup;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.annotation.Nullable;

/**
 * Finds rows of a primary-key table by key.
 *
 * <ul>
 *   <li>The first question about a bucket reads the bucket's log up to the end it has then; its
 *       answer, and all later ones, reflect at least what had been written by that time.
 *   <li>From then on the rows follow the log by themselves, and questions are answered at once from
 *       what is there: see {@link #freshness()}.
 *   <li>When the log cannot be followed any more, every question fails with a {@link
 *       LookupFailedException}; nothing stale is handed out for good.
 * </ul>
 *
 * <p>All lookups of a table in a process, with the same connection and local directory, share rows
 * and threads; the last one that is closed ends them. Thread-safe.
 */
public final class TableLookup implements AutoCloseable {

  private final BucketFollower follower;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  TableLookup(BucketFollower follower, Runnable release) {
    this.follower = follower;
    this.release = release;
  }

  /** Opens a lookup, without talking to Kafka yet; the caller closes it. */
  public static TableLookup open(LookupSettings settings) {
    return SharedFollowers.open(settings);
  }

  /** Whether questions about the bucket are answered without waiting. */
  public boolean isReady(int bucket) {
    return follower.bucket(bucket).isReady();
  }

  /**
   * Begins to read the bucket, if nobody has; done when {@link #isReady}, or with a {@link
   * LookupFailedException}. Dependents may run on the thread that reads the log, so they must not
   * block.
   */
  public CompletableFuture<Void> whenReady(int bucket) {
    return follower.bucket(bucket).whenReady();
  }

  /**
   * The row of a key, null where there is none. Waits until the bucket is ready.
   *
   * @param key that of the row's full records, see {@link LookupStore}
   * @return the value of such a record; nobody may change it
   * @throws LookupFailedException where the log cannot be followed
   */
  public @Nullable byte[] get(int bucket, byte[] key) {
    return follower.readyStore(bucket).get(key);
  }

  /**
   * Visits the rows of all keys that begin with {@code prefix}, in the order of their keys. Waits
   * until the bucket is ready. A prefix has the column set 0 too, then some of the key's columns.
   *
   * @throws LookupFailedException where the log cannot be followed
   */
  public void scan(int bucket, byte[] prefix, LookupStore.RowVisitor visitor) {
    follower.readyStore(bucket).scan(prefix, visitor);
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
}
