package io.fluss.table;

import io.fluss.options.TableOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns whose range is stored with each batch, see {@code table.statistics.columns}. */
public final class StatisticsColumns {

  /** All columns that can have a range. */
  private static final String ALL = "*";

  private StatisticsColumns() {}

  /** Where in the row type of a log table these columns are, rising; none by default. */
  public static int[] positions(TableInfo table) {
    List<String> named = named(table.options()).orElse(List.of());
    List<SchemaVersion.Field> fields = table.currentSchema().fields();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      boolean all = named.equals(List.of(ALL)) && hasRange(fields.get(i).type());
      if (all || named.contains(fields.get(i).name())) {
        positions.add(i);
      }
    }
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * What is wrong with the option.
   *
   * @param columns the stored columns of the table
   * @return the rest of sentences that begin with the option; none where all is well
   */
  public static List<String> problems(Map<String, String> options, List<Column.Physical> columns) {
    List<String> problems = new ArrayList<>();
    List<String> named = named(options).orElse(List.of());
    if (named.equals(List.of(ALL))) {
      return problems;
    }
    Set<String> seen = new HashSet<>();
    for (String name : named) {
      Optional<Column.Physical> column =
          columns.stream().filter(c -> c.name().equals(name)).findFirst();
      if (!seen.add(name)) {
        problems.add("names column '" + name + "' more than once.");
      } else if (column.isEmpty()) {
        problems.add(
            "names column '"
                + name
                + "', which is not a stored column of the table. Stored columns: "
                + String.join(", ", columns.stream().map(Column::name).toList())
                + ".");
      } else if (!hasRange(column.get().type())) {
        problems.add(
            "names column '"
                + name
                + "' of type "
                + column.get().type().asSummaryString()
                + "; only columns that are not nested have a smallest and a greatest value.");
      }
    }
    return problems;
  }

  private static boolean hasRange(LogicalType type) {
    return type.getChildren().isEmpty();
  }

  private static Optional<List<String>> named(Map<String, String> options) {
    return Configuration.fromMap(options)
        .getOptional(TableOptions.STATISTICS_COLUMNS)
        .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }
}
