package io.fluss.sink;

import io.fluss.table.SchemaVersion;
import io.fluss.upsert.RowScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsDeletePushDown;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelDelete;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.RowKind;

/**
 * A primary-key table as the planner sees it when it is written.
 *
 * <ul>
 *   <li>INSERT: an upsert changelog, of which it needs no old values, and of deletes the key only.
 *       With a column list: a partial update.
 *   <li>DELETE of one key: a tombstone at once. Other DELETE and UPDATE: the rows found, as a job.
 *   <li>TRUNCATE: at once. INSERT OVERWRITE: each sink task empties its buckets, then inserts.
 * </ul>
 */
final class KeyedDynamicTableSink
    implements DynamicTableSink,
        SupportsTargetColumnWriting,
        SupportsDeletePushDown,
        SupportsRowLevelDelete,
        SupportsRowLevelUpdate,
        SupportsTruncate,
        SupportsOverwrite,
        SupportsPartitioning {

  private TableSinkConfig config;
  private boolean overwrite;

  /** What a PARTITION clause says; the planner has put it into the rows as well. */
  private Map<String, String> partition = Map.of();

  /** Of an INSERT; an UPDATE has one too, but its rows are whole. */
  @Nullable private int[][] columnList;

  private boolean updatesRows;

  /** The one row that a DELETE asks for. */
  @Nullable private RowData deletedKey;

  KeyedDynamicTableSink(TableSinkConfig config) {
    this.config = config;
  }

  /** Deletes are taken even where they are dropped, or a changelog could not be written at all. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.upsert();
  }

  @Override
  public boolean applyTargetColumns(int[][] paths) {
    columnList = paths;
    return true;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    TableSinkConfig job = job(context.isBounded());
    Sink<RowData> sink =
        job.exactlyOnce() ? new ExactlyOnceTableSink(job) : new KeyedTableSink(job);
    return SinkV2Provider.of(sink, job.parallelism());
  }

  private TableSinkConfig job(boolean bounded) {
    TableSinkConfig job =
        columnList == null || updatesRows
            ? config
            : config.withScope(TargetColumns.scope(config.table(), columnList, partition.keySet()));
    return overwrite ? Overwrite.plan(job, partition, bounded) : job;
  }

  // ---------------------------------------------------------------------------- DELETE and UPDATE

  @Override
  public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
    RowLevelRules.requireDelete(config);
    deletedKey = KeyFilter.key(config.table(), filters).orElse(null);
    return deletedKey != null;
  }

  /** Whether the row was there is not known. */
  @Override
  public Optional<Long> executeDeletion() {
    if (deletedKey == null) {
      throw new IllegalStateException("No filter was applied.");
    }
    deletedKey.setRowKind(RowKind.DELETE);
    AtOnce.delete(config, deletedKey);
    return Optional.empty();
  }

  @Override
  public RowLevelDeleteInfo applyRowLevelDelete(@Nullable RowLevelModificationScanContext context) {
    RowLevelRules.requireDelete(config);
    config = config.withScope(RowScope.key());
    List<Column> key = columns(config.table().keyFields());
    return new RowLevelDeleteInfo() {
      @Override
      public Optional<List<Column>> requiredColumns() {
        return Optional.of(key);
      }

      @Override
      public RowLevelDeleteMode getRowLevelDeleteMode() {
        return RowLevelDeleteMode.DELETED_ROWS;
      }
    };
  }

  @Override
  public RowLevelUpdateInfo applyRowLevelUpdate(
      List<Column> updatedColumns, @Nullable RowLevelModificationScanContext context) {
    RowLevelRules.requireUpdate(config, updatedColumns);
    updatesRows = true;
    List<Column> stored = columns(config.table().currentSchema().fields());
    return new RowLevelUpdateInfo() {
      @Override
      public Optional<List<Column>> requiredColumns() {
        return Optional.of(stored);
      }

      @Override
      public RowLevelUpdateMode getRowLevelUpdateMode() {
        return RowLevelUpdateMode.UPDATED_ROWS;
      }
    };
  }

  private static List<Column> columns(List<SchemaVersion.Field> fields) {
    return fields.stream()
        .<Column>map(
            field ->
                Column.physical(field.name(), TypeConversions.fromLogicalToDataType(field.type())))
        .toList();
  }

  // ------------------------------------------------------------------- TRUNCATE, INSERT OVERWRITE

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

  @Override
  public DynamicTableSink copy() {
    KeyedDynamicTableSink copy = new KeyedDynamicTableSink(config);
    copy.overwrite = overwrite;
    copy.partition = partition;
    copy.columnList = columnList;
    copy.updatesRows = updatesRows;
    copy.deletedKey = deletedKey;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "Fluss primary-key table "
        + config.table().path()
        + " ("
        + TableSinkConfig.partitions(config.table())
        + config.table().buckets()
        + " buckets by "
        + config.table().bucketKey()
        + ", "
        + config.deliveryGuarantee()
        + ")";
  }
}
