package io.fluss.source.table;

import io.fluss.lake.LakeSchema;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeUse;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;

/**
 * A scan of {@code t$lake}: the rows of the newest snapshot of the lake as it is when the read
 * begins. It ends, in streaming mode too.
 */
final class LakeTableSource
    implements ScanTableSource,
        SupportsProjectionPushDown,
        SupportsFilterPushDown,
        SupportsLimitPushDown {

  private final TableInfo table;
  private final ScanSettings settings;
  private final ClassLoader classLoader;
  private Selection selection;
  private DataType producedType;
  @Nullable private Predicate filter;
  @Nullable private Long limit;

  /**
   * @param physicalType of the {@code $lake} table
   */
  LakeTableSource(
      TableInfo table, ScanSettings settings, DataType physicalType, ClassLoader classLoader) {
    this.table = table;
    this.settings = settings;
    this.classLoader = classLoader;
    this.selection = Selection.all(LakeSchema.rowType(table));
    this.producedType = physicalType;
  }

  private LakeTableSource(LakeTableSource other) {
    this.table = other.table;
    this.settings = other.settings;
    this.classLoader = other.classLoader;
    this.selection = other.selection;
    this.producedType = other.producedType;
    this.filter = other.filter;
    this.limit = other.limit;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
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

  /** By columns of the table only; all filters are applied again behind the scan. */
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
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    settings.lakes().require(table, classLoader);
    LogScan scan =
        new LogScan(
                table,
                settings.client(),
                selection,
                StartingOffsets.earliest(),
                StoppingOffsets.latest(),
                limit)
            .withFilter(filter);
    return new LogScanProvider(
        new LogSource(
            scan,
            MetadataColumns.NONE,
            settings.discoveryInterval(),
            LakeUse.alone(settings.lakes())),
        WatermarkStrategy.noWatermarks(),
        "Read lake of " + table.path(),
        context.createTypeInformation(producedType),
        settings.parallelism());
  }

  @Override
  public DynamicTableSource copy() {
    return new LakeTableSource(this);
  }

  @Override
  public String asSummaryString() {
    return "Lake of Fluss table " + table.path();
  }
}
