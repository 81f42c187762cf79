package io.fluss.source.table;

import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.source.reader.MetadataColumn;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;

/** A scan of a table, narrowed step by step by what the planner pushes into it. */
abstract class ScannedTable
    implements ScanTableSource,
        SupportsProjectionPushDown,
        SupportsReadingMetadata,
        SupportsLimitPushDown,
        SupportsAggregatePushDown,
        SupportsFilterPushDown,
        SupportsWatermarkPushDown {

  /** Up to here one reader is enough, and the rows of other buckets need not be fetched at all. */
  private static final long ONE_READER_LIMIT = 10_000;

  final TableInfo table;
  final ScanSettings settings;
  final boolean batch;
  private final ClassLoader classLoader;
  Selection selection;
  MetadataColumns metadata = MetadataColumns.NONE;
  DataType producedType;

  /** Null where none are wanted. */
  @Nullable WatermarkStrategy<RowData> watermarks;

  @Nullable Long limit;

  /** What of the rows is of use, null where all are. */
  @Nullable Predicate filter;

  /**
   * @param classLoader which knows lake formats
   */
  ScannedTable(
      TableInfo table,
      ScanSettings settings,
      boolean batch,
      DataType physicalType,
      ClassLoader classLoader) {
    this.table = table;
    this.settings = settings;
    this.batch = batch;
    this.classLoader = classLoader;
    this.selection = Selection.all(table.rowType());
    this.producedType = physicalType;
  }

  ScannedTable(ScannedTable other) {
    this.table = other.table;
    this.settings = other.settings;
    this.batch = other.batch;
    this.classLoader = other.classLoader;
    this.selection = other.selection;
    this.metadata = other.metadata;
    this.producedType = other.producedType;
    this.watermarks = other.watermarks;
    this.limit = other.limit;
    this.filter = other.filter;
  }

  @Override
  public boolean supportsNestedProjection() {
    return true;
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType producedDataType) {
    selection = Selection.fields(projectedFields);
    producedType = producedDataType;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> readable = new LinkedHashMap<>();
    MetadataColumn.readable().forEach(c -> readable.put(c.key(), c.type()));
    return readable;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
    metadata =
        new MetadataColumns(
            metadataKeys.stream().map(k -> MetadataColumn.of(k).orElseThrow()).toList());
    producedType = producedDataType;
  }

  /**
   * All filters are applied again behind the scan: it only leaves out what cannot match. Those that
   * can have it leave out something are named as accepted; only they are used, for the planner
   * takes scans that differ in others for the same.
   */
  @Override
  public Result applyFilters(List<ResolvedExpression> filters) {
    PrunedBy pruned = PrunedBy.filters(table, filters);
    filter = pruned.condition().orElse(null);
    return Result.of(pruned.used(), filters);
  }

  @Override
  public void applyLimit(long newLimit) {
    limit = newLimit;
  }

  @Override
  public boolean applyAggregates(
      List<int[]> groupingSets, List<AggregateExpression> aggregates, DataType producedDataType) {
    if (!batch || limit != null || !CountPushDown.answers(groupingSets, aggregates)) {
      return false;
    }
    selection = Selection.rowCounts(aggregates.size());
    metadata = MetadataColumns.NONE;
    producedType = producedDataType;
    return true;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> watermarkStrategy) {
    watermarks = watermarkStrategy;
  }

  /**
   * The source of a scan whose rows, with the metadata behind them, go out as they are: those of
   * the log, and those of the lake where the table is kept in one and all of its rows are asked
   * for.
   */
  final ScanRuntimeProvider sourceOf(LogScan scan, ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(producedType);
    LakeUse lake = required(LakeUse.beforeLog(settings.lakes(), !batch, scan));
    return new LogScanProvider(
        new LogSource(scan, metadata, settings.discoveryInterval(), lake),
        watermarks == null ? WatermarkStrategy.noWatermarks() : watermarks,
        "Read " + table.path(),
        type,
        parallelism(scan));
  }

  /** What is read of the lake, where that can be. */
  final LakeUse required(LakeUse lake) {
    lake.settings().ifPresent(settings -> settings.require(table, classLoader));
    return lake;
  }

  @Nullable
  private Integer parallelism(LogScan scan) {
    boolean oneReaderIsEnough =
        limit != null && limit <= ONE_READER_LIMIT
            || scan.keys().onlyBucket().isPresent() && !table.isPartitioned();
    return settings.parallelism() == null && oneReaderIsEnough
        ? (Integer) 1
        : settings.parallelism();
  }
}
