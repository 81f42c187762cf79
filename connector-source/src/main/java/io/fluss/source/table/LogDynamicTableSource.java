package io.fluss.source.table;

import io.fluss.read.LogScan;
import io.fluss.table.TableInfo;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.types.DataType;

/** A scan of a log table. */
final class LogDynamicTableSource extends ScannedTable {

  LogDynamicTableSource(
      TableInfo table, ScanSettings settings, boolean batch, DataType physicalType) {
    super(table, settings, batch, physicalType);
  }

  private LogDynamicTableSource(LogDynamicTableSource other) {
    super(other);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return sourceOf(
        new LogScan(table, settings.client(), selection, settings.start(), settings.stop(), limit)
            .withFilter(filter),
        context);
  }

  @Override
  public DynamicTableSource copy() {
    return new LogDynamicTableSource(this);
  }

  @Override
  public String asSummaryString() {
    return "Fluss log table " + table.path();
  }
}
