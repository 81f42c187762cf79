package io.fluss.admin;

import io.fluss.options.DeleteBehavior;
import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import io.fluss.table.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.types.logical.LogicalType;

/** What a primary key, and the options that need one, may be. One object checks one descriptor. */
final class PrimaryKeyRules {

  private final TableDescriptor descriptor;
  private final List<String> problems;
  private final Map<String, Column.Physical> stored;

  private PrimaryKeyRules(TableDescriptor descriptor, List<String> problems) {
    this.descriptor = descriptor;
    this.problems = problems;
    this.stored =
        descriptor.physicalColumns().stream()
            .collect(Collectors.toMap(Column.Physical::name, Function.identity(), (a, b) -> a));
  }

  /** Adds a sentence for each problem. */
  static void check(TableDescriptor descriptor, List<String> problems) {
    PrimaryKeyRules rules = new PrimaryKeyRules(descriptor, problems);
    if (descriptor.primaryKey().isEmpty()) {
      rules.checkLogTable();
    } else {
      rules.checkKey();
      rules.checkBucketKey();
      rules.checkVersionColumn();
      rules.checkDeletes();
    }
  }

  private void checkLogTable() {
    Stream.of(TableOptions.MERGE_ENGINE, TableOptions.VERSION_COLUMN, TableOptions.DELETE_BEHAVIOR)
        .map(ConfigOption::key)
        .filter(descriptor.options()::containsKey)
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + key
                        + "' is for tables with a primary key. Declare PRIMARY KEY (...) NOT"
                        + " ENFORCED, or leave the option out."));
  }

  private void checkKey() {
    Set<String> seen = new HashSet<>();
    for (String key : descriptor.primaryKey()) {
      if (!seen.add(key)) {
        problems.add("The primary key names column '" + key + "' more than once.");
      } else if (!stored.containsKey(key)) {
        problems.add(
            "The primary key names column '"
                + key
                + "', which is not a stored column of the table. Stored columns: "
                + names(descriptor.physicalColumns())
                + ".");
      } else if (!stored.get(key).type().getChildren().isEmpty()) {
        problems.add(
            "The primary key names column '"
                + key
                + "' of type "
                + stored.get(key).type().asSummaryString()
                + "; only columns that are not nested can be of the primary key.");
      }
    }
  }

  /** That the columns exist and are not nested is checked with every table. */
  private void checkBucketKey() {
    descriptor.bucketKey().stream()
        .distinct()
        .filter(key -> stored.containsKey(key) && !descriptor.primaryKey().contains(key))
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + TableOptions.BUCKET_KEY.key()
                        + "' names column '"
                        + key
                        + "', which is not of the primary key ("
                        + String.join(", ", descriptor.primaryKey())
                        + "). All records of a row have to be in one bucket, so its columns decide"
                        + " the bucket. Leave the option out to use all of them."));
  }

  private void checkVersionColumn() {
    Optional<MergeEngine> engine = given(TableOptions.MERGE_ENGINE);
    String column = descriptor.options().get(TableOptions.VERSION_COLUMN.key());
    boolean versioned = engine.equals(Optional.of(MergeEngine.VERSIONED));
    if (versioned && column == null) {
      problems.add(
          "'"
              + TableOptions.MERGE_ENGINE.key()
              + "' = 'versioned' needs '"
              + TableOptions.VERSION_COLUMN.key()
              + "', the column that says which row of a key is the newest.");
    } else if (!versioned && column != null && engineIsReadable()) {
      problems.add(
          "Option '"
              + TableOptions.VERSION_COLUMN.key()
              + "' has an effect only with '"
              + TableOptions.MERGE_ENGINE.key()
              + "' = 'versioned'. Set that, or leave the option out.");
    } else if (versioned) {
      checkVersionColumn(column);
    }
  }

  private void checkVersionColumn(String column) {
    String says = "'" + TableOptions.VERSION_COLUMN.key() + "' names column '" + column + "'";
    if (!stored.containsKey(column)) {
      problems.add(
          says
              + ", which is not a stored column of the table. Stored columns: "
              + names(descriptor.physicalColumns())
              + ".");
    } else if (descriptor.primaryKey().contains(column)) {
      problems.add(
          says + ", which is of the primary key: all rows of a key have the same version.");
    } else if (!isVersion(stored.get(column).type())) {
      problems.add(
          says
              + " of type "
              + stored.get(column).type().asSummaryString()
              + ". A version is of type INT, BIGINT, TIMESTAMP or TIMESTAMP_LTZ.");
    }
  }

  private static boolean isVersion(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case INTEGER, BIGINT, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
      default -> false;
    };
  }

  private void checkDeletes() {
    MergeEngine engine = given(TableOptions.MERGE_ENGINE).orElse(MergeEngine.LAST_ROW);
    if (engine != MergeEngine.LAST_ROW
        && given(TableOptions.DELETE_BEHAVIOR).equals(Optional.of(DeleteBehavior.ALLOW))) {
      problems.add(
          "'"
              + TableOptions.DELETE_BEHAVIOR.key()
              + "' = 'allow' is not possible with '"
              + TableOptions.MERGE_ENGINE.key()
              + "' = '"
              + engine.name().toLowerCase(Locale.ROOT)
              + "', which cannot delete. Use 'ignore' or 'disable'.");
    }
  }

  private boolean engineIsReadable() {
    return OptionRules.valueProblem(TableOptions.MERGE_ENGINE, descriptor.options()).isEmpty();
  }

  private <T> Optional<T> given(ConfigOption<T> option) {
    return OptionRules.valueOf(descriptor.options(), option);
  }

  private static String names(List<? extends Column> columns) {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }
}
