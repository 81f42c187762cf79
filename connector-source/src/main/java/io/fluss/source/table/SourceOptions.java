package io.fluss.source.table;

import io.fluss.options.ScannerOptions;
import io.fluss.source.lookup.LookupJoinOptions;
import io.fluss.source.scan.LogSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.watermark.WatermarkEmitStrategy;

/** Options of reads, given with the table or in an OPTIONS hint. */
public final class SourceOptions {

  public static final ConfigOption<StartupMode> SCAN_STARTUP_MODE =
      ConfigOptions.key("scan.startup.mode")
          .enumType(StartupMode.class)
          .defaultValue(StartupMode.FULL)
          .withDescription(
              "Where a read begins: 'full' with all rows of the table, those in its lake first, 'earliest' with the oldest rows kept in the log, 'latest' with the rows written from now on, 'timestamp' with the batches stored since 'scan.startup.timestamp'.");

  public static final ConfigOption<String> SCAN_STARTUP_TIMESTAMP =
      ConfigOptions.key("scan.startup.timestamp")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Time for 'scan.startup.mode' = 'timestamp': epoch milliseconds, or 'yyyy-MM-dd HH:mm:ss' in the session time zone.");

  public static final ConfigOption<BoundedMode> SCAN_BOUNDED_MODE =
      ConfigOptions.key("scan.bounded.mode")
          .enumType(BoundedMode.class)
          .defaultValue(BoundedMode.UNBOUNDED)
          .withDescription(
              "Where a read ends: 'unbounded' never (in batch mode it means 'latest'), 'latest' behind the rows there when it begins, 'timestamp' before the batches stored at or after 'scan.bounded.timestamp'.");

  public static final ConfigOption<String> SCAN_BOUNDED_TIMESTAMP =
      ConfigOptions.key("scan.bounded.timestamp")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Time for 'scan.bounded.mode' = 'timestamp', written as 'scan.startup.timestamp'.");

  public static final ConfigOption<Duration> SCAN_PARTITION_DISCOVERY_INTERVAL =
      ConfigOptions.key("scan.partition.discovery.interval")
          .durationType()
          .defaultValue(LogSource.DISCOVERY_INTERVAL)
          .withDescription(
              "How often a streaming read of a partitioned table looks for partitions that have come or gone, with one request for all; 0 or less: only when it begins or goes on from a checkpoint.");

  public static final ConfigOption<MemorySize> SCAN_FOLD_MEMORY_SIZE =
      ConfigOptions.key("scan.fold.memory-size")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Memory in which each reader of a batch query folds the records of a primary-key table into rows; what does not fit goes to Flink's temporary directories ('io.tmp.dirs'). Without it a quarter of the task manager's heap, divided by its slots, 64 mb at most.");

  public static final ConfigOption<Integer> PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

  public static final ConfigOption<WatermarkEmitStrategy> WATERMARK_EMIT_STRATEGY =
      FactoryUtil.WATERMARK_EMIT_STRATEGY;

  public static final ConfigOption<String> WATERMARK_ALIGNMENT_GROUP =
      FactoryUtil.WATERMARK_ALIGNMENT_GROUP;

  public static final ConfigOption<Duration> WATERMARK_ALIGNMENT_MAX_DRIFT =
      FactoryUtil.WATERMARK_ALIGNMENT_MAX_DRIFT;

  public static final ConfigOption<Duration> WATERMARK_ALIGNMENT_UPDATE_INTERVAL =
      FactoryUtil.WATERMARK_ALIGNMENT_UPDATE_INTERVAL;

  public static final ConfigOption<Duration> IDLE_TIMEOUT = FactoryUtil.SOURCE_IDLE_TIMEOUT;

  private SourceOptions() {}

  /** All of them, with Flink's own for scans, and those of lookups. */
  public static List<ConfigOption<?>> all() {
    List<ConfigOption<?>> all = new ArrayList<>();
    all.add(SCAN_STARTUP_MODE);
    all.add(SCAN_STARTUP_TIMESTAMP);
    all.add(SCAN_BOUNDED_MODE);
    all.add(SCAN_BOUNDED_TIMESTAMP);
    all.add(SCAN_PARTITION_DISCOVERY_INTERVAL);
    all.add(SCAN_FOLD_MEMORY_SIZE);
    all.addAll(ScannerOptions.all());
    all.addAll(LookupJoinOptions.all());
    all.add(PARALLELISM);
    all.add(WATERMARK_EMIT_STRATEGY);
    all.add(WATERMARK_ALIGNMENT_GROUP);
    all.add(WATERMARK_ALIGNMENT_MAX_DRIFT);
    all.add(WATERMARK_ALIGNMENT_UPDATE_INTERVAL);
    all.add(IDLE_TIMEOUT);
    return List.copyOf(all);
  }
}
