package io.fluss.source.reader;

import io.fluss.read.LogScan;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.PartitionsAssigned;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.source.split.TopicsGone;
import io.fluss.union.LakeUse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.core.io.InputStatus;
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
    extends SingleThreadMultiplexSourceReaderBase<SplitRows, RowData, TableSplit, SplitState> {

  /** To ask for the splits as they stand. */
  private static final long NO_CHECKPOINT = -1;

  private final ReaderMetrics metrics;
  private final boolean commitsOffsets;
  private final OffsetsToCommit offsets = new OffsetsToCommit();

  private final IdleOutput idle = new IdleOutput();
  private final ReplacedPartitions replaced;
  private final LakeAccess lake;

  /** Topics of dropped partitions, whose splits may have records on the way still. */
  private TopicsGone gone = new TopicsGone(Set.of());

  private LogSourceReader(
      LogScan scan,
      MetadataColumns metadata,
      LakeAccess lake,
      ReaderMetrics metrics,
      SourceReaderContext context) {
    super(
        new LogFetcherManager(
            () -> splitReader(scan, metadata, lake, metrics, context), context.getConfiguration()),
        new RowEmitter(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
        context.getConfiguration(),
        context);
    this.metrics = metrics;
    this.lake = lake;
    this.replaced = new ReplacedPartitions(scan);
    this.commitsOffsets = scan.client().properties().containsKey(ConsumerConfig.GROUP_ID_CONFIG);
  }

  /**
   * @param use what is read of the lake
   */
  public static LogSourceReader create(
      LogScan scan, MetadataColumns metadata, LakeUse use, SourceReaderContext context) {
    ClassLoader classLoader = context.getUserCodeClassLoader().asClassLoader();
    return new LogSourceReader(
        scan,
        metadata,
        new LakeAccess(scan, metadata, use, classLoader),
        new ReaderMetrics(context.metricGroup()),
        context);
  }

  private static TableSplitReader splitReader(
      LogScan scan,
      MetadataColumns metadata,
      LakeAccess lake,
      ReaderMetrics metrics,
      SourceReaderContext context) {
    BucketPoller poller =
        new BucketPoller(scan, clientId(scan, context), System::currentTimeMillis);
    if (scan.folding() == null) {
      return new LogSplitReader(scan, metadata, metrics, poller, lake);
    }
    long memory =
        scan.folding()
            .memoryBytes(context.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS));
    String[] directories = ConfigurationUtils.parseTempDirectories(context.getConfiguration());
    String directory = directories[context.getIndexOfSubtask() % directories.length];
    return new FoldingSplitReader(
        scan, metadata, metrics, poller, lake, memory, Path.of(directory));
  }

  private static String clientId(LogScan scan, SourceReaderContext context) {
    return "read-" + scan.table().topic() + "-" + context.getIndexOfSubtask();
  }

  @Override
  protected SplitState initializedState(TableSplit split) {
    split.log().ifPresent(replaced::begun);
    return SplitState.of(split);
  }

  @Override
  protected TableSplit toSplitType(String splitId, SplitState state) {
    return state.toSplit();
  }

  @Override
  protected void onSplitFinished(Map<String, SplitState> finished) {
    replaced.finished(finished.keySet());
    if (commitsOffsets) {
      finished.values().stream()
          .map(s -> s.toSplit().log())
          .flatMap(Optional::stream)
          .filter(s -> !gone.isOf(s))
          .forEach(offsets::finished);
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
    idle.use(output);
    InputStatus status = super.pollNext(output);
    if (status == InputStatus.NOTHING_AVAILABLE) {
      idle.idleWithout(getNumberOfCurrentlyAssignedSplits());
    }
    return status;
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof TopicsGone news) {
      Set<TopicIdentity> all = new HashSet<>(gone.topics());
      all.addAll(news.topics());
      gone = new TopicsGone(all);
      idle.idle(
          super.snapshotState(NO_CHECKPOINT).stream()
              .filter(s -> s.without(news).isEmpty())
              .toList());
      ((LogFetcherManager) splitFetcherManager).drop(news);
    } else if (event instanceof PartitionsAssigned) {
      idle.assigned();
      idle.idleWithout(getNumberOfCurrentlyAssignedSplits());
    } else {
      super.handleSourceEvents(event);
    }
  }

  @Override
  public List<TableSplit> snapshotState(long checkpointId) {
    // The enumerator has forgotten what is gone before it began this checkpoint.
    List<TableSplit> splits =
        super.snapshotState(checkpointId).stream()
            .map(s -> s.without(gone))
            .flatMap(Optional::stream)
            .toList();
    List<LogSplit> logs = splits.stream().map(TableSplit::log).flatMap(Optional::stream).toList();
    replaced.requireNone(logs);
    if (commitsOffsets) {
      offsets.snapshot(checkpointId, logs);
    }
    return splits;
  }

  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      try {
        replaced.close();
      } finally {
        lake.close();
      }
    }
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
