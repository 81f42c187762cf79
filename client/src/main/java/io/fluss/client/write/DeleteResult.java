package io.fluss.client.write;

import io.fluss.partition.TableBucket;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/** Where a delete is in the log, if it had to be written. Immutable. */
@PublicEvolving
public final class DeleteResult {

  static final DeleteResult NOTHING = new DeleteResult(null, -1);

  @Nullable private final TableBucket bucket;
  private final long logEndOffset;

  DeleteResult(@Nullable TableBucket bucket, long logEndOffset) {
    this.bucket = bucket;
    this.logEndOffset = logEndOffset;
  }

  /**
   * The bucket that the row was in; empty where nothing had to be written: the table ignores
   * deletes, or the row's partition does not exist.
   */
  public Optional<TableBucket> getBucket() {
    return Optional.ofNullable(bucket);
  }

  /** The offset behind the change; -1 where nothing had to be written. */
  public long getLogEndOffset() {
    return logEndOffset;
  }

  @Override
  public String toString() {
    return "DeleteResult[bucket " + bucket + ", log end offset " + logEndOffset + "]";
  }
}
