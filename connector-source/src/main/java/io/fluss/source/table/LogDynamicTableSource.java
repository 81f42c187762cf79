package io.fluss.source.table;

import io.fluss.partition.PartitionKeys;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.types.DataType;

/** A scan of a log table. */
final class LogDynamicTableSource extends ScannedTable {

  LogDynamicTableSource(
      TableInfo table,
      ScanSettings settings,
      boolean batch,
      DataType physicalType,
      ClassLoader classLoader) {
    super(table, settings, batch, physicalType, classLoader);
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
            .withFilter(filterOfRead()),
        context);
  }

  /**
   * With a watermark, of partitions only: rows that are passed over would not move it on, and a
   * watermark that stands still holds up all that waits for it.
   */
  @Nullable
  private Predicate filterOfRead() {
    if (filter == null || watermarks == null) {
      return filter;
    }
    return filter.about(PartitionKeys.positions(table)).orElse(null);
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
