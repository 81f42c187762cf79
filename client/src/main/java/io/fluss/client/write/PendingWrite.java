package io.fluss.client.write;

import io.fluss.partition.TableBucket;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteOutcome;
import java.util.concurrent.CompletableFuture;

/**
 * The future of what was written. Only what becomes of it completes it: it may be that of other
 * rows as well.
 */
abstract class PendingWrite<R> extends CompletableFuture<R> implements WriteOutcome {

  private final TopicBuckets buckets;

  PendingWrite(TopicBuckets buckets) {
    this.buckets = buckets;
  }

  abstract R result(TableBucket bucket, long logEndOffset);

  @Override
  public final void written(String topic, int bucket, long offset) {
    super.complete(result(buckets.of(topic, bucket), offset + 1));
  }

  @Override
  public final void failed(WriteFailedException why) {
    super.completeExceptionally(why);
  }

  /** Dependents are the caller's, to do with as he likes. */
  @Override
  public final <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  @Override
  public final boolean complete(R value) {
    throw notTheCallers();
  }

  @Override
  public final boolean completeExceptionally(Throwable failure) {
    throw notTheCallers();
  }

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    throw notTheCallers();
  }

  private static UnsupportedOperationException notTheCallers() {
    return new UnsupportedOperationException(
        "The future of a write may be that of other rows too, and only the write completes it."
            + " Call copy() for one that can be completed or cancelled.");
  }

  static final class OfAppend extends PendingWrite<AppendResult> {
    OfAppend(TopicBuckets buckets) {
      super(buckets);
    }

    @Override
    AppendResult result(TableBucket bucket, long logEndOffset) {
      return new AppendResult(bucket, logEndOffset);
    }
  }

  static final class OfUpsert extends PendingWrite<UpsertResult> {
    OfUpsert(TopicBuckets buckets) {
      super(buckets);
    }

    @Override
    UpsertResult result(TableBucket bucket, long logEndOffset) {
      return new UpsertResult(bucket, logEndOffset);
    }
  }

  static final class OfDelete extends PendingWrite<DeleteResult> {
    OfDelete(TopicBuckets buckets) {
      super(buckets);
    }

    @Override
    DeleteResult result(TableBucket bucket, long logEndOffset) {
      return new DeleteResult(bucket, logEndOffset);
    }
  }
}
