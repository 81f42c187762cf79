package io.fluss.sink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;

/** A log table as the planner sees it when it is written: append-only unless told otherwise. */
final class LogDynamicTableSink implements DynamicTableSink {

  private final TableSinkConfig config;

  LogDynamicTableSink(TableSinkConfig config) {
    this.config = config;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return config.ignoreDelete() ? requestedMode : ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    Sink<RowData> sink =
        config.exactlyOnce() ? new ExactlyOnceTableSink(config) : new LogTableSink(config);
    return SinkV2Provider.of(sink, config.parallelism());
  }

  @Override
  public DynamicTableSink copy() {
    return new LogDynamicTableSink(config);
  }

  @Override
  public String asSummaryString() {
    return "Fluss log table "
        + config.table().path()
        + " ("
        + config.table().buckets()
        + " buckets"
        + (config.bucketShuffle() ? " by " + config.table().bucketKey() : "")
        + ", "
        + config.deliveryGuarantee()
        + ")";
  }
}
