package io.fluss.sink;

import io.fluss.lineage.TableDataset;
import io.fluss.sink.serializer.FlussSerializationSchema;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;

/**
 * Writes a table in the DataStream API.
 *
 * <pre>{@code
 * FlussSink<Order> sink =
 *     FlussSink.<Order>builder()
 *         .setBootstrapServers("localhost:9092")
 *         .setDatabase("mydb")
 *         .setTable("orders")
 *         .setSerializationSchema(PojoSerializationSchema.of(Order.class))
 *         .build();
 * orders.sinkTo(sink);
 * }</pre>
 *
 * <p>A checkpoint completes once all rows before it are in the log. At-least-once, rows are visible
 * within milliseconds, and those after the last checkpoint are written again after a failure;
 * primary-key tables end as if they were not. Exactly-once, rows are visible with the checkpoint,
 * to read-committed readers each once.
 *
 * @param <T> values of the stream
 */
@PublicEvolving
public abstract sealed class FlussSink<T>
    implements Sink<T>, SupportsPreWriteTopology<T>, LineageVertexProvider
    permits AtLeastOnceSink, ExactlyOnceSink {

  private static final long serialVersionUID = 1L;

  /** How rows are written. */
  final TableSinkConfig config;

  /** Which columns. */
  final SinkColumns columns;

  /** What makes the rows. */
  final FlussSerializationSchema<T> schema;

  FlussSink(TableSinkConfig config, SinkColumns columns, FlussSerializationSchema<T> schema) {
    this.config = config;
    this.columns = columns;
    this.schema = schema;
  }

  /**
   * A builder.
   *
   * @param <T> values of the stream
   * @return a new builder, with nothing set
   */
  public static <T> FlussSinkBuilder<T> builder() {
    return new FlussSinkBuilder<>();
  }

  /** Brings the values of one bucket of a partition to one task, where that is asked for. */
  @Override
  public DataStream<T> addPreWriteTopology(DataStream<T> values) {
    if (!config.bucketShuffle()) {
      return values;
    }
    return new DataStream<>(
        values.getExecutionEnvironment(),
        new PartitionTransformation<>(
            values.getTransformation(), new ValuePartitioner<>(config, columns, schema)));
  }

  /** Rows of this task's values. */
  final ValueRows<T> values() {
    return new ValueRows<>(config, columns, schema);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return SinkLineage.of(TableDataset.of(config.table(), config.client(), columns.columns()));
  }
}
