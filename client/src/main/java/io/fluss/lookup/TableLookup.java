package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.annotation.Nullable;

/**
 * Finds rows of a primary-key table by key.
 *
 * <ul>
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

  /** By bucket: done when this lookup may answer; null until the first question. */
  private final AtomicReferenceArray<CompletableFuture<Void>> ready;

  private final AtomicBoolean closed = new AtomicBoolean();

  TableLookup(BucketFollower follower, Runnable release) {
    this.follower = follower;
    this.release = release;
    this.ready = new AtomicReferenceArray<>(follower.settings().table().buckets());
  }

  /** Opens a lookup, without talking to Kafka yet; the caller closes it. */
  public static TableLookup open(LookupSettings settings) {
    return SharedFollowers.open(settings);
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
    follower.demand(bucket, made);
    return made;
  }

  private void requireOpen(int bucket) {
    if (closed.get()) {
      throw new LookupFailedException(
          follower.settings().table().path(), bucket, new FlussException("the lookup was closed"));
    }
    follower.requireHealthy(bucket);
  }

  private LookupStore readyStore(int bucket) {
    CompletableFuture<Void> done = ready(bucket);
    if (!done.isDone() || done.isCompletedExceptionally()) {
      await(bucket, done);
    }
    return follower.store(bucket);
  }

  private void await(int bucket, CompletableFuture<Void> done) {
    TablePath table = follower.settings().table().path();
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlussException(
          "Interrupted while bucket " + bucket + " of table '" + table + "' was read for lookups.",
          e);
    } catch (ExecutionException e) {
      throw new LookupFailedException(table, bucket, follower.failureOr(e));
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
    byte[] state = readyStore(bucket).get(key);
    return follower.rows().row(state);
  }

  /**
   * Visits the rows of all keys that begin with {@code prefix}, in the order of their keys. Waits
   * until the bucket is ready. A prefix has the column set 0 too, then some of the key's columns.
   *
   * @throws LookupFailedException where the log cannot be followed
   */
  public void scan(int bucket, byte[] prefix, RowVisitor visitor) {
    RowsOfStates rows = follower.rows();
    readyStore(bucket)
        .scan(
            prefix,
            (key, state) -> {
              byte[] row = rows.row(state);
              if (row != null) {
                visitor.row(key, row);
              }
            });
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

  /** Takes the rows that a {@link #scan} finds. */
  @FunctionalInterface
  public interface RowVisitor {

    /**
     * @param row as from {@link #get}
     */
    void row(byte[] key, byte[] row);
  }
}
