package io.fluss.sink;

import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import io.fluss.write.PartitionHash;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Task of a row: its bucket modulo the number of tasks. Buckets of different partitions begin at
 * different tasks, so that many partitions with few buckets use all tasks, and a task has few
 * buckets of each. Written against Flink's own partitioner class because {@code
 * DataStream.partitionCustom} would box a key for every row.
 */
final class BucketPartitioner extends StreamPartitioner<RowData> {

  private static final long serialVersionUID = 1L;

  /** In place of a partition's hash where there are no partitions. */
  static final int NO_PARTITION = 0;

  private final TableInfo table;
  private final RowType rowType;
  @Nullable private transient KeyedBucketRouter router;

  /** Of a partitioned table. */
  @Nullable private transient PartitionHash partitions;

  /**
   * @param rowType of the rows, which have the columns of the bucket key and the partition keys
   */
  BucketPartitioner(TableInfo table, RowType rowType) {
    this.table = table;
    this.rowType = rowType;
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<RowData>> record) {
    if (router == null) {
      router = KeyedBucketRouter.of(table, rowType);
      partitions = table.isPartitioned() ? PartitionHash.of(table, rowType) : null;
    }
    RowData row = record.getInstance().getValue();
    int partition = partitions == null ? NO_PARTITION : partitions.of(row);
    return task(partition, router.bucket(row), numberOfChannels);
  }

  /** The task, from 0, that gets a bucket of a partition with this hash. */
  static int task(int partitionHash, int bucket, int tasks) {
    return ((partitionHash & (Integer.MAX_VALUE >> 1)) + bucket) % tasks;
  }

  /** After rescaling, rows in flight may belong to any task: all are asked. */
  @Override
  public SubtaskStateMapper getDownstreamSubtaskStateMapper() {
    return SubtaskStateMapper.FULL;
  }

  @Override
  public StreamPartitioner<RowData> copy() {
    return new BucketPartitioner(table, rowType);
  }

  @Override
  public boolean isPointwise() {
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BucketPartitioner that
        && numberOfChannels == that.numberOfChannels
        && table.equals(that.table)
        && rowType.equals(that.rowType);
  }

  @Override
  public int hashCode() {
    return Objects.hash(numberOfChannels, table, rowType);
  }

  @Override
  public String toString() {
    return (table.isPartitioned() ? "PARTITION" + table.partitionKeys() + " " : "")
        + "BUCKET"
        + table.bucketKey();
  }
}
