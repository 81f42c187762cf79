package io.fluss.write;

import org.apache.flink.table.data.RowData;

/** The next bucket for each row: even, at the price of as many open batches as buckets. */
final class RoundRobinBucketRouter implements BucketRouter {

  private final int buckets;
  private int next;

  RoundRobinBucketRouter(int buckets, int first) {
    this.buckets = buckets;
    this.next = first;
  }

  @Override
  public int bucket(RowData row) {
    int bucket = next;
    next = bucket + 1 == buckets ? 0 : bucket + 1;
    return bucket;
  }

  /** Does nothing: rows are spread whatever the batches do. */
  @Override
  public void batchSealed(int bucket) {}
}
