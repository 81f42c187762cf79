package io.fluss.client.write;

import io.fluss.partition.TableBucket;
import org.apache.flink.annotation.PublicEvolving;

/** Where an upsert is in the log. Immutable. */
@PublicEvolving
public final class UpsertResult {

  private final TableBucket bucket;
  private final long logEndOffset;

  UpsertResult(TableBucket bucket, long logEndOffset) {
    this.bucket = bucket;
    this.logEndOffset = logEndOffset;
  }

  /** The bucket that the row is in. */
  public TableBucket getBucket() {
    return bucket;
  }

  /** The offset behind the change: who has read the bucket up to there has read it. */
  public long getLogEndOffset() {
    return logEndOffset;
  }

  @Override
  public String toString() {
    return "UpsertResult[bucket " + bucket + ", log end offset " + logEndOffset + "]";
  }
}
