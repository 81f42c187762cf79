package io.fluss.source;

import io.fluss.lineage.TableDataset;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.enumerator.EnumeratorState;
import io.fluss.source.scan.LogSource;
import io.fluss.source.split.TableSplit;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * Reads a table in the DataStream API.
 *
 * <pre>{@code
 * FlussSource<Order> source =
 *     FlussSource.<Order>builder()
 *         .setBootstrapServers("localhost:9092")
 *         .setDatabase("mydb")
 *         .setTable("orders")
 *         .setProjectedFields("orderId", "amount")
 *         .setStartingOffsets(OffsetsInitializer.earliest())
 *         .setDeserializationSchema(PojoDeserializationSchema.of(Order.class))
 *         .build();
 * environment.fromSource(source, WatermarkStrategy.noWatermarks(), "orders");
 * }</pre>
 *
 * <p>Each bucket is read in the order of its log, and after a failure or from a savepoint goes on
 * with the next row. What comes:
 *
 * <ul>
 *   <li>of a log table its rows, as {@code +I};
 *   <li>of a primary-key table, where the read ends, the rows that are there at its end, as {@code
 *       +I};
 *   <li>of a primary-key table, where it does not end, the rows in its lake as {@code +I}, then its
 *       changes as they are written: {@code +U} with the whole row, {@code -D} with the key, all
 *       other columns null. For old rows, and for tables whose rows have to be put together, see
 *       {@link FlussSourceBuilder#changelog}.
 * </ul>
 *
 * @param <T> what is emitted
 */
@PublicEvolving
public final class FlussSource<T>
    implements Source<T, TableSplit, EnumeratorState>,
        ResultTypeQueryable<T>,
        LineageVertexProvider {

  private static final long serialVersionUID = 1L;

  /** Reads the rows. */
  private final LogSource rows;

  /** What is read of each. */
  private final ReadRow shape;

  /** What makes values of them. */
  private final FlussDeserializationSchema<T> schema;

  /** The table, for lineage. */
  private final TableDataset dataset;

  FlussSource(
      LogSource rows, ReadRow shape, FlussDeserializationSchema<T> schema, TableDataset dataset) {
    this.rows = rows;
    this.shape = shape;
    this.schema = schema;
    this.dataset = dataset;
  }

  /**
   * A builder.
   *
   * @param <T> what the source emits
   * @return a new builder, with nothing set
   */
  public static <T> FlussSourceBuilder<T> builder() {
    return new FlussSourceBuilder<>();
  }

  @Override
  public Boundedness getBoundedness() {
    return rows.getBoundedness();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return schema.getProducedType(shape.rowType());
  }

  @Override
  public LineageVertex getLineageVertex() {
    return SourceLineage.of(dataset, getProducedType(), getBoundedness());
  }

  @Override
  public SplitEnumerator<TableSplit, EnumeratorState> createEnumerator(
      SplitEnumeratorContext<TableSplit> context) {
    return rows.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<TableSplit, EnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<TableSplit> context, EnumeratorState state) {
    return rows.restoreEnumerator(context, state);
  }

  @Override
  public SourceReader<T, TableSplit> createReader(SourceReaderContext context) {
    return new ValueReader<>(rows.createReader(context), shape, schema, context);
  }

  @Override
  public SimpleVersionedSerializer<TableSplit> getSplitSerializer() {
    return rows.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
    return rows.getEnumeratorCheckpointSerializer();
  }
}
