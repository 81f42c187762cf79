package io.fluss.source.scan;

import io.fluss.read.LogScan;
import io.fluss.source.enumerator.EnumeratorState;
import io.fluss.source.enumerator.EnumeratorStateSerializer;
import io.fluss.source.enumerator.LogSplitEnumerator;
import io.fluss.source.enumerator.PartitionedSplitEnumerator;
import io.fluss.source.reader.LogSourceReader;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.split.SplitSerializer;
import io.fluss.source.split.TableSplit;
import io.fluss.union.LakeUse;
import java.time.Duration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Reads a table, from its log, its lake or both: wires the enumerator, the readers and the
 * serializers of both.
 */
public final class LogSource implements Source<RowData, TableSplit, EnumeratorState> {

  private static final long serialVersionUID = 1L;

  /** How often partitions are looked for where nobody says otherwise. */
  public static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(10);

  private final LogScan scan;
  private final MetadataColumns metadata;
  private final Duration discoveryInterval;
  private final LakeUse lake;

  /** As the others, of the log alone, with the default interval. */
  public LogSource(LogScan scan, MetadataColumns metadata) {
    this(scan, metadata, DISCOVERY_INTERVAL);
  }

  /** As the other, of the log alone. */
  public LogSource(LogScan scan, MetadataColumns metadata, Duration discoveryInterval) {
    this(scan, metadata, discoveryInterval, LakeUse.none());
  }

  /**
   * A source of the scan's selected fields, followed by metadata.
   *
   * @param metadata columns that follow the selected fields
   * @param discoveryInterval how often an endless read of a partitioned table looks for partitions;
   *     0 or less: only when it begins
   * @param lake what is read of the table's lake
   */
  public LogSource(
      LogScan scan, MetadataColumns metadata, Duration discoveryInterval, LakeUse lake) {
    this.scan = scan;
    this.metadata = metadata;
    this.discoveryInterval = discoveryInterval;
    this.lake = lake;
  }

  @Override
  public Boundedness getBoundedness() {
    return scan.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<TableSplit, EnumeratorState> createEnumerator(
      SplitEnumeratorContext<TableSplit> context) {
    return restoreEnumerator(context, EnumeratorState.initial());
  }

  @Override
  public SplitEnumerator<TableSplit, EnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<TableSplit> context, EnumeratorState state) {
    EnumeratorState known = state.requireOf(scan.table());
    // Flink calls this with the class loader of the job, which knows the lake's format.
    ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    return scan.table().isPartitioned() && !(lake instanceof LakeUse.Alone)
        ? new PartitionedSplitEnumerator(context, scan, lake, classLoader, discoveryInterval, known)
        : new LogSplitEnumerator(context, scan, lake, classLoader, known);
  }

  @Override
  public SourceReader<RowData, TableSplit> createReader(SourceReaderContext context) {
    return LogSourceReader.create(scan, metadata, lake, context);
  }

  @Override
  public SimpleVersionedSerializer<TableSplit> getSplitSerializer() {
    return SplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
    return EnumeratorStateSerializer.INSTANCE;
  }
}
