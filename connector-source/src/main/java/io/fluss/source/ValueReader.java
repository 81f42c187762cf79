package io.fluss.source;

import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.split.TableSplit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.UserCodeClassLoader;

/** A reader of rows that emits values; all but the rows is passed through. */
@SuppressWarnings("try") // close() of Flink's interface may throw anything
final class ValueReader<T> implements SourceReader<T, TableSplit> {

  private final SourceReader<RowData, TableSplit> rows;
  private final ReadRow shape;
  private final FlussDeserializationSchema<T> schema;
  private final SourceReaderContext context;
  @Nullable private RecordValues<T> values;
  @Nullable private ValueOutput<T> output;

  ValueReader(
      SourceReader<RowData, TableSplit> rows,
      ReadRow shape,
      FlussDeserializationSchema<T> schema,
      SourceReaderContext context) {
    this.rows = rows;
    this.shape = shape;
    this.schema = schema;
    this.context = context;
  }

  @Override
  public void start() {
    rows.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> newOutput) throws Exception {
    if (output == null || !output.leadsTo(newOutput)) {
      output = new ValueOutput<>(newOutput, values());
    }
    return rows.pollNext(output);
  }

  private RecordValues<T> values() throws Exception {
    if (values == null) {
      schema.open(
          new TaskContext(
              shape.rowType(), context.metricGroup(), context.getUserCodeClassLoader()));
      values = new RecordValues<>(shape, schema);
    }
    return values;
  }

  record TaskContext(
      RowType rowType, MetricGroup metricGroup, UserCodeClassLoader userCodeClassLoader)
      implements FlussDeserializationSchema.InitializationContext {}

  @Override
  public List<TableSplit> snapshotState(long checkpointId) {
    return rows.snapshotState(checkpointId);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return rows.isAvailable();
  }

  @Override
  public void addSplits(List<TableSplit> splits) {
    rows.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    rows.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    rows.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    rows.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    rows.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<String> splitsToPause, Collection<String> splitsToResume) {
    rows.pauseOrResumeSplits(splitsToPause, splitsToResume);
  }

  @Override
  public void close() throws Exception {
    rows.close();
  }
}
