package io.fluss.source;

import io.fluss.admin.NamedTable;
import io.fluss.kafka.ClientConfig;
import io.fluss.lineage.TableDataset;
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
import io.fluss.source.table.SourceOptions;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeUse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param withState whether rows can be put together behind the source
   * @throws ValidationException with all problems
   */
  static <T> SourcePlan<T> of(SourceWishes<T> wishes, boolean withState) {
    List<String> problems = new ArrayList<>(wishes.table().problems());
    boolean canAsk = problems.isEmpty();
    if (wishes.schema() == null) {
      problems.add(
          "setDeserializationSchema is missing. There are RowDataDeserializationSchema,"
              + " PojoDeserializationSchema and JsonStringDeserializationSchema, or write your own.");
    }
    Map<String, String> options = wishes.table().options();
    problems.addAll(wishes.table().optionProblems());
    ofSql(options).forEach(p -> problems.add("setOption: " + p));
    Optional<ScanSettings> settings = settings(wishes.table(), problems);
    Optional<TableInfo> table = Optional.empty();
    if (canAsk && ClientConfig.problems(options).isEmpty()) {
      table = wishes.table().find(ClientConfig.fromOptions(options), problems);
    }
    Optional<SourcePlan<T>> plan =
        table.map(found -> new SourceChecks<>(wishes, found, settings, withState, problems).plan());
    if (!problems.isEmpty() || plan.isEmpty()) {
      throw new ValidationException(
          "Cannot build a FlussSource of table '"
              + wishes.table().name()
              + "':\n- "
              + String.join("\n- ", problems));
    }
    return plan.get();
  }

  private static List<String> ofSql(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    if (options.containsKey(SourceOptions.PARALLELISM.key())) {
      problems.add(
          "'"
              + SourceOptions.PARALLELISM.key()
              + "' is for SQL. Call fromSource(...).setParallelism(...) instead.");
    }
    options.keySet().stream()
        .filter(key -> key.startsWith("scan.watermark."))
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "'" + key + "' is for SQL. Give fromSource a WatermarkStrategy instead."));
    return problems;
  }

  private static Optional<ScanSettings> settings(NamedTable table, List<String> problems) {
    Map<String, String> complete = new HashMap<>(table.options());
    // That they are missing is told of the setter.
    complete.putIfAbsent(ClientConfig.BOOTSTRAP_SERVERS, "none:0");
    List<String> ofOptions = new ArrayList<>();
    Optional<ScanSettings> settings =
        ScanSettings.read(complete, ZoneId.systemDefault(), false, Instant.now(), ofOptions);
    ofOptions.forEach(p -> problems.add(table.problemOfOption(p)));
    return settings;
  }

  private boolean bounded() {
    return stop.bounded();
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
