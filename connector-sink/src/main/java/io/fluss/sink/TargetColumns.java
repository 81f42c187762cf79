package io.fluss.sink;

import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import io.fluss.table.Column;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.upsert.RowScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;

/** The column list of an INSERT into a primary-key table. */
final class TargetColumns {

  private TargetColumns() {}

  /**
   * What an INSERT with this list writes: full rows where it names all columns, else the columns it
   * names.
   *
   * @param paths of the named columns, within the declared columns of the table
   * @param partition columns that have their value from a PARTITION clause
   * @throws ValidationException where the others cannot be left as they are, with all reasons
   */
  static RowScope scope(TableInfo table, int[][] paths, Set<String> partition) {
    List<String> problems = new ArrayList<>();
    Set<String> named = names(table, paths, problems);
    named.addAll(partition);
    RowScope scope = scope(table, named, problems);
    if (!problems.isEmpty()) {
      throw new ValidationException(
          "Cannot write columns "
              + named
              + " of table '"
              + table.path()
              + "' without the others:\n- "
              + String.join("\n- ", problems));
    }
    return scope;
  }

  /**
   * What is written where these columns are.
   *
   * @param named stored columns of a primary-key table
   * @param problems where it is said why the others cannot be left as they are; then the result is
   *     of no use
   */
  static RowScope scope(TableInfo table, Set<String> named, List<String> problems) {
    if (named.containsAll(table.physicalColumns().stream().map(Column::name).toList())) {
      return RowScope.fullRow();
    }
    checkMergeEngine(table, problems);
    checkKey(table, named, problems);
    checkUnnamed(table, named, problems);
    List<Integer> fieldIds =
        table.valueFields().stream()
            .filter(field -> named.contains(field.name()))
            .map(SchemaVersion.Field::fieldId)
            .toList();
    if (fieldIds.isEmpty()) {
      problems.add(
          "It names no column beside the primary key. Name at least one, or write full rows.");
    }
    return problems.isEmpty() ? RowScope.columns(fieldIds) : RowScope.fullRow();
  }

  private static Set<String> names(TableInfo table, int[][] paths, List<String> problems) {
    Set<String> named = new LinkedHashSet<>();
    for (int[] path : paths) {
      String name = table.columns().get(path[0]).name();
      named.add(name);
      if (path.length > 1) {
        problems.add(
            "It names a field of column '"
                + name
                + "' ("
                + Arrays.toString(path)
                + "). Name the column as a whole.");
      }
    }
    return named;
  }

  private static void checkMergeEngine(TableInfo table, List<String> problems) {
    if (table.mergeEngine() != MergeEngine.LAST_ROW) {
      problems.add(
          "'"
              + TableOptions.MERGE_ENGINE.key()
              + "' = '"
              + table.mergeEngine().name().toLowerCase(Locale.ROOT)
              + "' keeps whole rows. Name all columns.");
    }
  }

  private static void checkKey(TableInfo table, Set<String> named, List<String> problems) {
    List<String> missing =
        table.primaryKey().stream().filter(column -> !named.contains(column)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          "Columns "
              + missing
              + " are of the primary key, which says which row is meant. Name them too.");
    }
  }

  private static void checkUnnamed(TableInfo table, Set<String> named, List<String> problems) {
    List<String> required =
        table.valueFields().stream()
            .filter(field -> !field.type().isNullable() && !named.contains(field.name()))
            .map(SchemaVersion.Field::name)
            .toList();
    if (!required.isEmpty()) {
      problems.add(
          "Columns "
              + required
              + " are NOT NULL, and a row that is not there yet would have no value in them. Name"
              + " them too.");
    }
  }
}
