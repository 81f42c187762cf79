package io.fluss.admin;

import io.fluss.format.arrow.ArrowSchemas;
import io.fluss.lake.LakeFormat;
import io.fluss.options.ArrowCompressionType;
import io.fluss.options.ScannerOptions;
import io.fluss.options.TableOptions;
import io.fluss.options.WriterOptions;
import io.fluss.table.ChangelogTable;
import io.fluss.table.Column;
import io.fluss.table.Names;
import io.fluss.table.StatisticsColumns;
import io.fluss.topic.TopicNames;
import io.fluss.write.WriterConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a table may be. Everything is checked and all problems are named together, before anything
 * is written. Immutable.
 */
public final class TableRules {

  /** Names of columns that are kept for what the log knows of a row. */
  static final Set<String> RESERVED_COLUMNS =
      Set.of(
          "__offset",
          "__timestamp",
          "__bucket",
          ChangelogTable.CHANGE_TYPE,
          ChangelogTable.LOG_OFFSET,
          ChangelogTable.COMMIT_TIMESTAMP);

  private static final int ZSTD_MIN = 1;
  private static final int ZSTD_MAX = 22;

  private final OptionRules options;
  private final List<TableCheck> furtherChecks;
  private final LakeRules lakes;

  private TableRules(OptionRules options, List<TableCheck> furtherChecks, LakeRules lakes) {
    this.options = options.withFreePrefixes(lakes.optionPrefixes());
    this.furtherChecks = List.copyOf(furtherChecks);
    this.lakes = lakes;
  }

  /** Rules for tables that may carry options of the table, of writers and of log readers. */
  public static TableRules standard() {
    return with(List.of(), List.of());
  }

  /**
   * Rules with what connectors add to them.
   *
   * @param furtherOptions that tables may carry too
   * @param furtherChecks that tables have to pass too
   */
  public static TableRules with(
      Collection<? extends ConfigOption<?>> furtherOptions, List<TableCheck> furtherChecks) {
    List<ConfigOption<?>> all = new ArrayList<>(TableOptions.all());
    all.addAll(WriterOptions.all());
    all.addAll(ScannerOptions.all());
    all.addAll(furtherOptions);
    return new TableRules(OptionRules.of(all), furtherChecks, LakeRules.of(List.of()));
  }

  /** These rules, and those of the formats that lakes can have. */
  public TableRules withLakes(Collection<LakeFormat> formats) {
    return new TableRules(options, furtherChecks, LakeRules.of(formats));
  }

  /**
   * All that is wrong with a table of these names and this description.
   *
   * @return sentences for the user; empty where the table may be created
   */
  public List<String> problems(String database, String table, TableDescriptor descriptor) {
    List<String> problems = new ArrayList<>();
    nameProblems(database, table, problems);
    columnProblems(descriptor, problems);
    keyProblems(descriptor, problems);
    problems.addAll(options.problems(descriptor.options()));
    valueProblems(descriptor.options(), problems);
    bucketKeyProblems(descriptor, problems);
    statisticsProblems(descriptor, problems);
    // What cannot be read was named above; the checks below see the rest.
    TableDescriptor readable = descriptor.withOptions(options.readable(descriptor.options()));
    PartitionRules.check(descriptor, readable.options(), problems);
    problems.addAll(WriterConfig.problems(readable.options()));
    furtherChecks.forEach(check -> problems.addAll(check.problems(readable)));
    lakes.check(database, table, readable, problems);
    return problems;
  }

  /**
   * All that is wrong with options that one statement gives beside those of its table.
   *
   * @param stored what holds without the statement
   * @param hinted the statement's, which win
   * @return sentences for the user; empty where the statement may have them
   */
  public List<String> hintProblems(Map<String, String> stored, Map<String, String> hinted) {
    List<String> problems = new ArrayList<>(options.problems(hinted));
    TableOptions.all()
        .forEach(option -> changeProblem(option, stored, hinted).ifPresent(problems::add));
    Map<String, String> readableStored = options.readable(stored);
    Map<String, String> readableHinted = options.readable(hinted);
    Map<String, String> all = new HashMap<>(readableStored);
    all.putAll(readableHinted);
    problems.addAll(WriterConfig.problems(all));
    furtherChecks.forEach(
        check -> problems.addAll(check.hintProblems(readableStored, readableHinted)));
    return problems;
  }

  /** What is the table's own cannot be another for one statement. */
  private static <T> Optional<String> changeProblem(
      ConfigOption<T> option, Map<String, String> stored, Map<String, String> hinted) {
    T has = OptionRules.valueOf(stored, option).orElse(option.defaultValue());
    return OptionRules.valueOf(hinted, option)
        .filter(wanted -> !wanted.equals(has))
        .map(
            wanted ->
                "Option '"
                    + option.key()
                    + "' is '"
                    + hinted.get(option.key())
                    + "' in the statement, and the table has "
                    + (has == null
                        ? "none"
                        : "'" + stored.getOrDefault(option.key(), String.valueOf(has)) + "'")
                    + ". It belongs to the table, and no statement can change it: leave it out.");
  }

  private static void nameProblems(String database, String table, List<String> problems) {
    Names.problemWithDatabase(database).ifPresent(problems::add);
    Names.problemWithTable(table).ifPresent(problems::add);
    TopicNames.problemWithLength(database, table).ifPresent(problems::add);
  }

  private static void columnProblems(TableDescriptor descriptor, List<String> problems) {
    if (descriptor.physicalColumns().isEmpty()) {
      problems.add("A table needs at least one column that is stored.");
    }
    Set<String> seen = new HashSet<>();
    for (Column c : descriptor.columns()) {
      if (c.name().isBlank()) {
        problems.add("A column has no name.");
      }
      if (!seen.add(c.name())) {
        problems.add("Column '" + c.name() + "' is declared more than once.");
      }
      if (RESERVED_COLUMNS.contains(c.name())) {
        problems.add(
            "Column name '" + c.name() + "' is kept for internal use. Choose another name.");
      }
    }
    descriptor.physicalColumns().stream()
        .filter(c -> !c.name().isBlank())
        .map(c -> new RowType(List.of(new RowType.RowField(c.name(), c.type()))))
        .forEach(column -> problems.addAll(ArrowSchemas.problems(column)));
  }

  private static void keyProblems(TableDescriptor descriptor, List<String> problems) {
    PrimaryKeyRules.check(descriptor, problems);
  }

  private static void valueProblems(Map<String, String> given, List<String> problems) {
    requireThat(given, TableOptions.BUCKET_NUM, n -> n > 0, "must be at least 1", problems);
    requireThat(
        given,
        TableOptions.REPLICATION_FACTOR,
        n -> n > 0 && n <= Short.MAX_VALUE,
        "must be from 1 to " + Short.MAX_VALUE,
        problems);
    requireThat(
        given,
        TableOptions.ARROW_ZSTD_LEVEL,
        n -> n >= ZSTD_MIN && n <= ZSTD_MAX,
        "must be from " + ZSTD_MIN + " to " + ZSTD_MAX,
        problems);
    requireThat(given, TableOptions.MAX_PARTITIONS, n -> n > 0, "must be at least 1", problems);
    requireThat(
        given, TableOptions.LOG_TTL, ttl -> !ttl.isNegative(), "must be 0 or more", problems);
    Optional<ArrowCompressionType> compression =
        OptionRules.valueOf(given, TableOptions.ARROW_COMPRESSION_TYPE);
    if (compression.isPresent()
        && compression.get() != ArrowCompressionType.ZSTD
        && given.containsKey(TableOptions.ARROW_ZSTD_LEVEL.key())) {
      problems.add(
          "Option '"
              + TableOptions.ARROW_ZSTD_LEVEL.key()
              + "' has no effect with '"
              + TableOptions.ARROW_COMPRESSION_TYPE.key()
              + "' = '"
              + given.get(TableOptions.ARROW_COMPRESSION_TYPE.key())
              + "'. Remove one of them.");
    }
  }

  private static <T> void requireThat(
      Map<String, String> given,
      ConfigOption<T> option,
      Predicate<T> good,
      String otherwise,
      List<String> problems) {
    OptionRules.valueOf(given, option)
        .filter(good.negate())
        .ifPresent(
            bad ->
                problems.add(
                    "Option '"
                        + option.key()
                        + "' is '"
                        + given.get(option.key())
                        + "' and "
                        + otherwise
                        + "."));
  }

  private static void statisticsProblems(TableDescriptor descriptor, List<String> problems) {
    String begin = "Option '" + TableOptions.STATISTICS_COLUMNS.key() + "' ";
    if (descriptor.primaryKey().isEmpty()) {
      StatisticsColumns.problems(descriptor.options(), descriptor.physicalColumns())
          .forEach(problem -> problems.add(begin + problem));
    } else if (descriptor.options().containsKey(TableOptions.STATISTICS_COLUMNS.key())) {
      problems.add(
          begin
              + "is for tables without a primary key, whose rows are stored in batches. Leave it"
              + " out.");
    }
  }

  private static void bucketKeyProblems(TableDescriptor descriptor, List<String> problems) {
    Map<String, LogicalType> types =
        descriptor.physicalColumns().stream()
            .collect(Collectors.toMap(Column.Physical::name, Column.Physical::type, (a, b) -> a));
    Set<String> seen = new HashSet<>();
    Consumer<String> say =
        what -> problems.add("Option '" + TableOptions.BUCKET_KEY.key() + "' " + what);
    for (String key : descriptor.bucketKey()) {
      if (!seen.add(key)) {
        say.accept("names column '" + key + "' more than once.");
      } else if (!types.containsKey(key)) {
        say.accept(
            "names column '"
                + key
                + "', which is not a stored column of the table. Stored columns: "
                + String.join(
                    ", ", descriptor.physicalColumns().stream().map(Column::name).toList())
                + ".");
      } else if (!types.get(key).getChildren().isEmpty()) {
        say.accept(
            "names column '"
                + key
                + "' of type "
                + types.get(key).asSummaryString()
                + "; only columns that are not nested can decide the bucket.");
      }
    }
  }
}
