package io.fluss.source.table;

import io.fluss.options.DeleteBehavior;
import io.fluss.options.MergeEngine;
import io.fluss.read.BucketFolding;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.WantedKeys;
import io.fluss.source.fold.RecordKey;
import io.fluss.source.fold.RowFold;
import io.fluss.source.lookup.LookupRuntime;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsLookupCustomShuffle;
import org.apache.flink.table.connector.source.abilities.SupportsRowLevelModificationScan;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;

/**
 * A scan of a primary-key table:
 *
 * <pre>
 *   batch                                    buckets folded in the readers       +I   (lake and log)
 *   streaming, the last full row is the row  records as they are                 +U -D by key   (lake and log)
 *   streaming, otherwise                     records, folded in keyed state      +I -U +U -D   (log)
 * </pre>
 *
 * <p>A fold in keyed state needs the records themselves, and the log has them all: there the lake
 * is not read, but for partitions whose topics are gone.
 *
 * <p>The same table as the right side of a lookup join is not scanned at all.
 */
final class KeyedDynamicTableSource extends ScannedTable
    implements LookupTableSource, SupportsLookupCustomShuffle, SupportsRowLevelModificationScan {

  private final Map<String, String> options;
  private WantedKeys keys = WantedKeys.ALL;
  @Nullable private LookupRuntime lookup;

  /**
   * @param options of the table, with hints
   */
  KeyedDynamicTableSource(
      TableInfo table,
      ScanSettings settings,
      boolean batch,
      DataType physicalType,
      ClassLoader classLoader,
      Map<String, String> options) {
    super(table, settings, batch, physicalType, classLoader);
    this.options = options;
  }

  private KeyedDynamicTableSource(KeyedDynamicTableSource other) {
    super(other);
    this.options = other.options;
    this.lookup = other.lookup;
    this.keys = other.keys;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    if (batch || table.mergeEngine() == MergeEngine.FIRST_ROW) {
      return ChangelogMode.insertOnly();
    }
    boolean deletes = table.deleteBehavior() == DeleteBehavior.ALLOW;
    if (folds()) {
      return deletes
          ? ChangelogMode.all()
          : updates().addContainedKind(RowKind.UPDATE_BEFORE).build();
    }
    return deletes ? ChangelogMode.upsert() : updates().build();
  }

  private static ChangelogMode.Builder updates() {
    return ChangelogMode.newBuilder()
        .addContainedKind(RowKind.INSERT)
        .addContainedKind(RowKind.UPDATE_AFTER);
  }

  /** Whether the last full row of a key need not be its row. */
  private boolean folds() {
    return table.mergeEngine() != MergeEngine.LAST_ROW || !table.columnSets().isEmpty();
  }

  @Override
  public Result applyFilters(List<ResolvedExpression> filters) {
    KeyFilters known = KeyFilters.of(table, filters);
    keys = known.wantedKeys();
    List<ResolvedExpression> others = super.applyFilters(filters).getAcceptedFilters();
    List<ResolvedExpression> used =
        filters.stream().filter(f -> known.used().contains(f) || others.contains(f)).toList();
    return Result.of(used, filters);
  }

  /** An UPDATE or DELETE reads as a SELECT does. */
  @Override
  @Nullable
  public RowLevelModificationScanContext applyRowLevelModificationScan(
      RowLevelModificationType type, @Nullable RowLevelModificationScanContext previous) {
    return previous;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    if (batch) {
      BucketFolding folding = new BucketFolding(settings.foldMemoryBytes(), metadata.tellOrigins());
      return sourceOf(scan(selection, folding), context);
    }
    if (!folds()) {
      return sourceOf(scan(selection, null), context);
    }
    RowFold fold =
        new RowFold(
            table,
            settings.client(),
            (Selection.Fields) selection,
            metadata,
            context.createTypeInformation(FoldScanProvider.metadataType(metadata)));
    MetadataColumns needed = FoldScanProvider.metadata(table, metadata);
    LogScan scan = scan(Selection.records(), null);
    LakeUse lake = required(LakeUse.ofGonePartitions(settings.lakes(), scan));
    return new FoldScanProvider(
        new LogSource(scan, needed, settings.discoveryInterval(), lake),
        context.createTypeInformation(FoldScanProvider.recordType(needed)),
        RecordKey.of(needed),
        fold,
        context.createTypeInformation(producedType),
        watermarks,
        table.path().toString(),
        settings.parallelism());
  }

  private LogScan scan(Selection selected, @Nullable BucketFolding folding) {
    return new LogScan(
            table,
            settings.client(),
            selected,
            settings.start(),
            settings.stop(),
            limit,
            keys,
            folding)
        .withFilter(filter);
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    lookup =
        LookupRuntime.of(
            table, settings.client(), options, (Selection.Fields) selection, filter, context);
    return lookup.provider();
  }

  @Override
  public Optional<InputDataPartitioner> getPartitioner() {
    return Optional.ofNullable(lookup).map(LookupRuntime::partitioner);
  }

  @Override
  public DynamicTableSource copy() {
    return new KeyedDynamicTableSource(this);
  }

  @Override
  public String asSummaryString() {
    return "Fluss primary-key table " + table.path();
  }
}
