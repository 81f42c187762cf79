package io.fluss.sink;

import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import io.fluss.write.PartitionHash;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Task of a row: its bucket modulo the number of tasks. Buckets of different partitions begin at
 * different tasks, so that many partitions with few buckets use all tasks, and a task has few
 * buckets of each. Not thread-safe.
 */
final class BucketTask {

  /** In place of a partition's hash where there are no partitions. */
  static final int NO_PARTITION = 0;

  private final KeyedBucketRouter router;

  /** Null where there are no partitions. */
  @Nullable private final PartitionHash partitions;

  private BucketTask(KeyedBucketRouter router, @Nullable PartitionHash partitions) {
    this.router = router;
    this.partitions = partitions;
  }

  /**
   * @param rowType of the rows, which have the columns of the bucket key and the partition keys
   */
  static BucketTask of(TableInfo table, RowType rowType) {
    return new BucketTask(
        KeyedBucketRouter.of(table, rowType),
        table.isPartitioned() ? PartitionHash.of(table, rowType) : null);
  }

  int of(RowData row, int tasks) {
    int partition = partitions == null ? NO_PARTITION : partitions.of(row);
    return task(partition, router.bucket(row), tasks);
  }

  /** The task, from 0, that gets a bucket of a partition with this hash. */
  static int task(int partitionHash, int bucket, int tasks) {
    return ((partitionHash & (Integer.MAX_VALUE >> 1)) + bucket) % tasks;
  }
}
