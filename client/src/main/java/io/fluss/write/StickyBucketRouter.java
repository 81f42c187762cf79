package io.fluss.write;

import org.apache.flink.table.data.RowData;

/** Stays with a bucket until its batch is sealed, then takes the next one: few, full batches. */
final class StickyBucketRouter implements BucketRouter {

  private final int buckets;
  private int current;

  StickyBucketRouter(int buckets, int first) {
    this.buckets = buckets;
    this.current = first;
  }

  @Override
  public int bucket(RowData row) {
    return current;
  }

  @Override
  public void batchSealed(int bucket) {
    if (bucket == current) {
      current = (current + 1) % buckets;
    }
  }
}
