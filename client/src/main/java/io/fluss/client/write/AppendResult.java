package io.fluss.client.write;

import io.fluss.partition.TableBucket;
import org.apache.flink.annotation.PublicEvolving;

/** Where a row is in the log. Immutable. */
@PublicEvolving
public final class AppendResult {

  private final TableBucket bucket;
  private final long logEndOffset;

  AppendResult(TableBucket bucket, long logEndOffset) {
    this.bucket = bucket;
    this.logEndOffset = logEndOffset;
  }

  /** The bucket that the row is in. */
  public TableBucket getBucket() {
    return bucket;
  }

  /**
   * The offset behind the batch that the row is in: who has read the bucket up to there has read
   * the row.
   */
  public long getLogEndOffset() {
    return logEndOffset;
  }

  @Override
  public String toString() {
    return "AppendResult[bucket " + bucket + ", log end offset " + logEndOffset + "]";
  }
}
