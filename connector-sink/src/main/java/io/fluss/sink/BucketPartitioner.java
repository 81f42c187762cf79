package io.fluss.sink;

import io.fluss.table.TableInfo;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Sends rows where {@link BucketTask} says. Written against Flink's own partitioner class because
 * {@code DataStream.partitionCustom} would box a key for every row.
 */
final class BucketPartitioner extends StreamPartitioner<RowData> {

  private static final long serialVersionUID = 1L;

  private final TableInfo table;
  private final RowType rowType;
  @Nullable private transient BucketTask tasks;

  /**
   * @param rowType of the rows, which have the columns of the bucket key and the partition keys
   */
  BucketPartitioner(TableInfo table, RowType rowType) {
    this.table = table;
    this.rowType = rowType;
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<RowData>> record) {
    if (tasks == null) {
      tasks = BucketTask.of(table, rowType);
    }
    return tasks.of(record.getInstance().getValue(), numberOfChannels);
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
