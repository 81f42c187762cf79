package io.fluss.source.table;

import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.source.fold.AppendedChange;
import io.fluss.source.fold.ChangeFold;
import io.fluss.source.fold.ChangeRows;
import io.fluss.source.fold.RecordKey;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.table.ChangelogTable;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;

/**
 * A scan of {@code t$changelog}: the changes of a table as rows. Those of a log table are its rows;
 * those of a primary-key table come out of a fold in keyed state.
 */
final class ChangelogTableSource
    implements ScanTableSource, SupportsProjectionPushDown, SupportsFilterPushDown {

  private final TableInfo table;
  private final ScanSettings settings;
  private final DataType physicalType;
  private int[][] paths;
  private DataType producedType;

  /** What of the table's rows is of use, null where all are. */
  @Nullable private Predicate filter;

  /**
   * @param physicalType of the {@code $changelog} table
   */
  ChangelogTableSource(TableInfo table, ScanSettings settings, DataType physicalType) {
    this.table = table;
    this.settings = settings;
    this.physicalType = physicalType;
    this.producedType = physicalType;
    this.paths = new int[DataType.getFieldCount(physicalType)][];
    Arrays.setAll(paths, i -> new int[] {i});
  }

  private ChangelogTableSource(ChangelogTableSource other) {
    this.table = other.table;
    this.settings = other.settings;
    this.physicalType = other.physicalType;
    this.paths = other.paths;
    this.producedType = other.producedType;
    this.filter = other.filter;
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
    paths = projectedFields;
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
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    ChangeRows rows = ChangeRows.of(paths);
    if (table.hasPrimaryKey()) {
      MetadataColumns needed = FoldScanProvider.metadata(table, ChangeFold.METADATA_COLUMNS);
      return new FoldScanProvider(
          source(Selection.records(), needed),
          context.createTypeInformation(FoldScanProvider.recordType(needed)),
          RecordKey.of(needed),
          new ChangeFold(table, settings.client(), rows),
          context.createTypeInformation(producedType),
          null,
          table.path().toString(),
          settings.parallelism());
    }
    return new AppendedScanProvider(
        source(rows.selection(), ChangeFold.METADATA_COLUMNS),
        context.createTypeInformation(appendedType()),
        new AppendedChange(rows),
        context.createTypeInformation(producedType),
        table.path().toString(),
        settings.parallelism());
  }

  private LogSource source(Selection selection, MetadataColumns metadata) {
    LogScan scan =
        new LogScan(table, settings.client(), selection, settings.start(), settings.stop(), null)
            .withFilter(filter);
    return new LogSource(scan, metadata, settings.discoveryInterval());
  }

  /** The selected columns of the table, then the metadata. */
  private DataType appendedType() {
    int[][] ofTable =
        Arrays.stream(paths).filter(p -> p[0] >= ChangelogTable.OWN_COLUMNS).toArray(int[][]::new);
    DataType selected = Projection.of(ofTable).project(physicalType);
    DataType metadata = FoldScanProvider.metadataType(ChangeFold.METADATA_COLUMNS);
    List<DataTypes.Field> fields = new ArrayList<>(DataType.getFields(selected));
    fields.addAll(DataType.getFields(metadata));
    return DataTypes.ROW(fields).notNull();
  }

  @Override
  public DynamicTableSource copy() {
    return new ChangelogTableSource(this);
  }

  @Override
  public String asSummaryString() {
    return "Changelog of Fluss table " + table.path();
  }
}
