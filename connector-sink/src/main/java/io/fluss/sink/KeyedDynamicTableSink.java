package io.fluss.sink;

import io.fluss.upsert.RowScope;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;
import org.apache.flink.table.data.RowData;

/**
 * A primary-key table as the planner sees it when it is written: an upsert changelog, of which it
 * needs no old values, and of deletes the key only.
 */
final class KeyedDynamicTableSink implements DynamicTableSink, SupportsTargetColumnWriting {

  private final TableSinkConfig config;
  private RowScope scope;

  KeyedDynamicTableSink(TableSinkConfig config) {
    this(config, RowScope.fullRow());
  }

  private KeyedDynamicTableSink(TableSinkConfig config, RowScope scope) {
    this.config = config;
    this.scope = scope;
  }

  /** Deletes are taken even where they are dropped, or a changelog could not be written at all. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.upsert();
  }

  @Override
  public boolean applyTargetColumns(int[][] paths) {
    scope = TargetColumns.scope(config.table(), paths);
    return true;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    Sink<RowData> sink =
        config.exactlyOnce()
            ? new ExactlyOnceTableSink(config, scope)
            : new KeyedTableSink(config, scope);
    return SinkV2Provider.of(sink, config.parallelism());
  }

  @Override
  public DynamicTableSink copy() {
    return new KeyedDynamicTableSink(config, scope);
  }

  @Override
  public String asSummaryString() {
    return "Fluss primary-key table "
        + config.table().path()
        + " ("
        + config.table().buckets()
        + " buckets by "
        + config.table().bucketKey()
        + ", "
        + config.deliveryGuarantee()
        + ")";
  }
}
