package io.fluss.source.reader;

import io.fluss.read.LogScan;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the buckets assigned to one subtask. Where the user names a consumer group, its offsets
 * follow the completed checkpoints; they are for lag tools only, nothing is ever restored from
 * them.
 */
@SuppressWarnings("try") // close() of Flink's interface may throw anything
public final class LogSourceReader
    extends SingleThreadMultiplexSourceReaderBase<RowSlice, RowData, TableSplit, LogSplitState> {

  private final ReaderMetrics metrics;
  private final boolean commitsOffsets;
  private final OffsetsToCommit offsets = new OffsetsToCommit();

  private LogSourceReader(
      LogScan scan, MetadataColumns metadata, ReaderMetrics metrics, SourceReaderContext context) {
    super(
        new LogFetcherManager(
            () -> splitReader(scan, metadata, metrics, context), context.getConfiguration()),
        new RowEmitter(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
        context.getConfiguration(),
        context);
    this.metrics = metrics;
    this.commitsOffsets = scan.client().properties().containsKey(ConsumerConfig.GROUP_ID_CONFIG);
  }

  public static LogSourceReader create(
      LogScan scan, MetadataColumns metadata, SourceReaderContext context) {
    return new LogSourceReader(scan, metadata, new ReaderMetrics(context.metricGroup()), context);
  }

  private static TableSplitReader splitReader(
      LogScan scan, MetadataColumns metadata, ReaderMetrics metrics, SourceReaderContext context) {
    BucketPoller poller =
        new BucketPoller(scan, clientId(scan, context), System::currentTimeMillis);
    if (scan.folding() == null) {
      return new LogSplitReader(scan, metadata, metrics, poller);
    }
    long memory =
        scan.folding()
            .memoryBytes(context.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS));
    String[] directories = ConfigurationUtils.parseTempDirectories(context.getConfiguration());
    String directory = directories[context.getIndexOfSubtask() % directories.length];
    return new FoldingSplitReader(scan, metadata, metrics, poller, memory, Path.of(directory));
  }

  private static String clientId(LogScan scan, SourceReaderContext context) {
    return "read-" + scan.table().topic() + "-" + context.getIndexOfSubtask();
  }

  @Override
  protected LogSplitState initializedState(TableSplit split) {
    return new LogSplitState((LogSplit) split);
  }

  @Override
  protected TableSplit toSplitType(String splitId, LogSplitState state) {
    return state.toSplit();
  }

  @Override
  protected void onSplitFinished(Map<String, LogSplitState> finished) {
    if (commitsOffsets) {
      finished.values().forEach(s -> offsets.finished(s.toSplit()));
    }
  }

  @Override
  public List<TableSplit> snapshotState(long checkpointId) {
    List<TableSplit> splits = super.snapshotState(checkpointId);
    if (commitsOffsets) {
      offsets.snapshot(checkpointId, splits.stream().map(s -> (LogSplit) s).toList());
    }
    return splits;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    Map<TopicPartition, OffsetAndMetadata> completed = offsets.completed(checkpointId);
    if (!completed.isEmpty()) {
      ((LogFetcherManager) splitFetcherManager)
          .commit(
              completed,
              (committed, failure) -> {
                metrics.recordCommit(completed, failure);
                if (failure == null) {
                  offsets.committed(completed);
                }
              });
    }
  }
}
