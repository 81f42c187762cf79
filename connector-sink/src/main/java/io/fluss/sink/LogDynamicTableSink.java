package io.fluss.sink;

import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelDelete;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.data.RowData;

/** A log table as the planner sees it when it is written: append-only unless told otherwise. */
final class LogDynamicTableSink
    implements DynamicTableSink,
        SupportsRowLevelDelete,
        SupportsRowLevelUpdate,
        SupportsTruncate,
        SupportsOverwrite,
        SupportsPartitioning {

  private final TableSinkConfig config;
  private boolean overwrite;

  /** What a PARTITION clause says; the planner has put it into the rows as well. */
  private Map<String, String> partition = Map.of();

  LogDynamicTableSink(TableSinkConfig config) {
    this.config = config;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return config.ignoreDelete() ? requestedMode : ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    TableSinkConfig job =
        overwrite ? Overwrite.plan(config, partition, context.isBounded()) : config;
    Sink<RowData> sink = job.exactlyOnce() ? new ExactlyOnceTableSink(job) : new LogTableSink(job);
    return SinkV2Provider.of(sink, job.parallelism());
  }

  @Override
  public void executeTruncation() {
    RowLevelRules.requireEmptying("truncate", config.table());
    AtOnce.truncate(config);
  }

  @Override
  public void applyStaticPartition(Map<String, String> clause) {
    partition = Map.copyOf(clause);
  }

  @Override
  public void applyOverwrite(boolean asked) {
    if (asked) {
      RowLevelRules.requireEmptying("overwrite", config.table());
    }
    overwrite = asked;
  }

  /** Refuses: here so that the message is ours. */
  @Override
  public RowLevelDeleteInfo applyRowLevelDelete(@Nullable RowLevelModificationScanContext context) {
    RowLevelRules.requireDelete(config);
    throw new IllegalStateException("A log table takes no deletes.");
  }

  /** Refuses: here so that the message is ours. */
  @Override
  public RowLevelUpdateInfo applyRowLevelUpdate(
      List<Column> updatedColumns, @Nullable RowLevelModificationScanContext context) {
    RowLevelRules.requireUpdate(config, updatedColumns);
    throw new IllegalStateException("A log table takes no updates.");
  }

  @Override
  public DynamicTableSink copy() {
    LogDynamicTableSink copy = new LogDynamicTableSink(config);
    copy.overwrite = overwrite;
    copy.partition = partition;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "Fluss log table "
        + config.table().path()
        + " ("
        + TableSinkConfig.partitions(config.table())
        + config.table().buckets()
        + " buckets"
        + (config.bucketShuffle() ? " by " + config.table().bucketKey() : "")
        + ", "
        + config.deliveryGuarantee()
        + ")";
  }
}
