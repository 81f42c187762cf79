package io.fluss.sink;

import io.fluss.sink.serializer.FlussSerializationSchema;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/** Sends values where {@link BucketTask} says of their rows; see {@link BucketPartitioner}. */
final class ValuePartitioner<T> extends StreamPartitioner<T> {

  private static final long serialVersionUID = 1L;

  /** Where values go of which nothing is written. */
  private static final int ANY_TASK = 0;

  private final TableSinkConfig config;
  private final SinkColumns columns;
  private final FlussSerializationSchema<T> schema;
  @Nullable private transient ValueRows<T> values;
  @Nullable private transient BucketTask tasks;

  ValuePartitioner(
      TableSinkConfig config, SinkColumns columns, FlussSerializationSchema<T> schema) {
    this.config = config;
    this.columns = columns;
    this.schema = schema;
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<T>> record) {
    if (values == null) {
      values = new ValueRows<>(config, columns, schema);
      tasks = BucketTask.of(config.table(), columns.rowType());
    }
    RowData row = values.row(record.getInstance().getValue());
    return row == null ? ANY_TASK : tasks.of(row, numberOfChannels);
  }

  /** After rescaling, rows in flight may belong to any task: all are asked. */
  @Override
  public SubtaskStateMapper getDownstreamSubtaskStateMapper() {
    return SubtaskStateMapper.FULL;
  }

  /** With the schema of this one: one partitioner is used by one task, from one thread. */
  @Override
  public StreamPartitioner<T> copy() {
    return new ValuePartitioner<>(config, columns, schema);
  }

  @Override
  public boolean isPointwise() {
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValuePartitioner<?> that
        && numberOfChannels == that.numberOfChannels
        && config.equals(that.config)
        && schema == that.schema;
  }

  @Override
  public int hashCode() {
    return Objects.hash(numberOfChannels, config.table());
  }

  @Override
  public String toString() {
    return new BucketPartitioner(config.table(), columns.rowType()).toString();
  }
}
