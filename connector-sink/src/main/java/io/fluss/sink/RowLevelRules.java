package io.fluss.sink;

import io.fluss.options.DeleteBehavior;
import io.fluss.options.MergeEngine;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import io.fluss.upsert.TableTruncation;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;

/** Which tables DELETE and UPDATE statements may change. */
final class RowLevelRules {

  private RowLevelRules() {}

  /**
   * @throws ValidationException where a DELETE would do nothing or fail later
   */
  static void requireDelete(TableSinkConfig config) {
    TableInfo table = config.table();
    requireKeyed("delete from", table);
    if (table.deleteBehavior() != DeleteBehavior.ALLOW) {
      throw refused(
          "delete from",
          table,
          "its '"
              + TableOptions.DELETE_BEHAVIOR.key()
              + "' is '"
              + table.deleteBehavior().name().toLowerCase(Locale.ROOT)
              + "'"
              + (table.mergeEngine() == MergeEngine.LAST_ROW
                  ? "."
                  : ", since '" + engine(table) + "' cannot delete."));
    }
    if (config.ignoreDelete()) {
      throw refused(
          "delete from", table, "'" + SinkOptions.IGNORE_DELETE.key() + "' drops all deletes.");
    }
  }

  /**
   * @param columns that are set
   * @throws ValidationException where an UPDATE would not change the rows it names
   */
  static void requireUpdate(TableSinkConfig config, List<Column> columns) {
    TableInfo table = config.table();
    requireKeyed("update", table);
    if (table.mergeEngine() != MergeEngine.LAST_ROW) {
      throw refused(
          "update",
          table,
          "'" + engine(table) + "' decides which row is kept. Insert rows instead.");
    }
    List<String> key =
        columns.stream().map(Column::getName).filter(table.primaryKey()::contains).toList();
    if (!key.isEmpty()) {
      throw refused(
          "update",
          table,
          "columns "
              + key
              + " are of the primary key, and a row with another key is another row. Delete the"
              + " rows and insert others.");
    }
  }

  /**
   * Of TRUNCATE TABLE and INSERT OVERWRITE.
   *
   * @throws ValidationException where readers of the table would not notice, or would fail
   */
  static void requireEmptying(String action, TableInfo table) {
    TableTruncation.obstacle(table)
        .ifPresent(
            reason -> {
              throw refused(action, table, reason);
            });
  }

  private static void requireKeyed(String action, TableInfo table) {
    if (!table.hasPrimaryKey()) {
      throw refused(
          action,
          table,
          "it is a log table, whose rows stay as they are. DELETE and UPDATE need a table with a"
              + " primary key.");
    }
  }

  private static String engine(TableInfo table) {
    return TableOptions.MERGE_ENGINE.key()
        + "' = '"
        + table.mergeEngine().name().toLowerCase(Locale.ROOT);
  }

  private static ValidationException refused(String action, TableInfo table, String reason) {
    return new ValidationException("Cannot " + action + " table '" + table.path() + "': " + reason);
  }
}
