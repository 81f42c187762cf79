package io.fluss.source;

import io.fluss.kafka.ClientConfig;
import io.fluss.lineage.TableDataset;
import io.fluss.options.MergeEngine;
import io.fluss.predicate.Predicate;
import io.fluss.read.BucketFolding;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.read.WantedKeys;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.source.table.PrunedBy;
import io.fluss.source.table.ScanSettings;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeUse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.api.ValidationException;

/**
 * A read that is checked against its table.
 *
 * @param filter over the table's row type, null where all rows are wanted
 */
record SourcePlan<T>(
    TableInfo table,
    ScanSettings settings,
    StartingOffsets start,
    StoppingOffsets stop,
    @Nullable Predicate filter,
    ReadRow row,
    FlussDeserializationSchema<T> schema) {

  /**
   * Checks everything.
   *
   * @throws ValidationException with all problems
   */
  static <T> SourcePlan<T> of(SourceWishes<T> wishes) {
    List<String> problems = new ArrayList<>(wishes.table().problems());
    boolean canAsk = problems.isEmpty();
    if (wishes.schema() == null) {
      problems.add(
          "setDeserializationSchema is missing. There are RowDataDeserializationSchema,"
              + " PojoDeserializationSchema and JsonStringDeserializationSchema, or write your own.");
    }
    Map<String, String> options = wishes.table().options();
    Optional<ScanSettings> settings = settings(options, problems);
    Optional<TableInfo> table = Optional.empty();
    if (canAsk && ClientConfig.problems(options).isEmpty()) {
      table = wishes.table().find(ClientConfig.fromOptions(options), problems);
    }
    Optional<SourcePlan<T>> plan =
        table.map(found -> new SourceChecks<>(wishes, found, settings, problems).plan());
    if (!problems.isEmpty() || plan.isEmpty()) {
      throw new ValidationException(
          "Cannot build a FlussSource of table '"
              + wishes.table().name()
              + "':\n- "
              + String.join("\n- ", problems));
    }
    return plan.get();
  }

  private static Optional<ScanSettings> settings(
      Map<String, String> options, List<String> problems) {
    Map<String, String> complete = new HashMap<>(options);
    // That they are missing is told of the setter.
    complete.putIfAbsent(ClientConfig.BOOTSTRAP_SERVERS, "none:0");
    List<String> ofOptions = new ArrayList<>();
    Optional<ScanSettings> settings =
        ScanSettings.read(complete, ZoneId.systemDefault(), false, Instant.now(), ofOptions);
    ofOptions.forEach(p -> problems.add("setOption: " + p));
    return settings;
  }

  private boolean bounded() {
    return stop.bounded();
  }

  /** Whether the last full row of a key need not be its row, in a read that does not end. */
  boolean folds() {
    return table.hasPrimaryKey()
        && !bounded()
        && (table.mergeEngine() != MergeEngine.LAST_ROW || !table.columnSets().isEmpty());
  }

  /**
   * @throws ValidationException where a source alone cannot tell the rows
   */
  void requireNoFold() {
    if (folds()) {
      throw new ValidationException(
          "Cannot build a FlussSource of table '"
              + table.path()
              + "' that does not end: "
              + (table.mergeEngine() == MergeEngine.LAST_ROW
                  ? "it is written by partial updates"
                  : "its merge engine is '" + table.mergeEngine().name().toLowerCase() + "'")
              + ", so that its rows have to be put together, with state. Use changelog(environment,"
              + " name) in place of build(), or setBounded().");
    }
    if (table.hasPrimaryKey() && !bounded() && filter != null && !isAboutKey()) {
      throw new ValidationException(
          "Cannot build a FlussSource of table '"
              + table.path()
              + "' that does not end: setFilter: the filter "
              + filter
              + " is about other columns than the primary key "
              + table.primaryKey()
              + ", so that a row which matches no more would not be seen to go. Use"
              + " changelog(environment, name) in place of build(), which tells old rows, or"
              + " setBounded().");
    }
  }

  private boolean isAboutKey() {
    int[] key = table.keyPositions();
    return IntStream.of(filter.columns()).allMatch(c -> IntStream.of(key).anyMatch(k -> k == c));
  }

  FlussSource<T> source() {
    return new FlussSource<>(rows(row.selection(), row.metadata()), row, schema, dataset());
  }

  /** A source of these columns, which leaves out what the filter says of parts of the table. */
  LogSource rows(Selection selection, MetadataColumns metadata) {
    BucketFolding folding =
        table.hasPrimaryKey() && bounded()
            ? new BucketFolding(settings.foldMemoryBytes(), metadata.tellOrigins())
            : null;
    LogScan scan =
        new LogScan(table, settings.client(), selection, start, stop, null, WantedKeys.ALL, folding)
            .withFilter(filter == null ? null : PrunedBy.condition(table, filter).orElse(null));
    LakeUse lake =
        selection instanceof Selection.Records
            ? LakeUse.none()
            : LakeUse.beforeLog(settings.lakes(), !bounded(), scan);
    return new LogSource(scan, metadata, settings.discoveryInterval(), lake);
  }

  private TableDataset dataset() {
    return TableDataset.of(table, settings.client(), row.rowType().getFieldNames());
  }
}
