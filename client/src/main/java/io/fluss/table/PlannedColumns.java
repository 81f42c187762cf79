package io.fluss.table;

import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/** The columns a planner has seen, beside those of the table's record. */
public final class PlannedColumns {

  private PlannedColumns() {}

  /**
   * The planner's column numbers have to mean the same columns in the log.
   *
   * @param planned physical columns of the table as the planner knows them
   * @throws ValidationException where names, types or order differ from the record's
   */
  public static void requireSame(TableInfo table, RowType planned) {
    requireSame(table.path(), table.rowType(), planned);
  }

  /**
   * The same for a table that shows others than its own.
   *
   * @param stored columns that follow from the record of the table
   * @throws ValidationException where names, types or order differ
   */
  public static void requireSame(TablePath table, RowType stored, RowType planned) {
    if (!namesAndTypes(planned).equals(namesAndTypes(stored))) {
      throw new ValidationException(
          "The columns of table '"
              + table
              + "' changed: declared are "
              + planned.asSummaryString()
              + ", stored are "
              + stored.asSummaryString()
              + ". Plan the query again.");
    }
  }

  private static List<String> namesAndTypes(RowType type) {
    return type.getFields().stream()
        .map(f -> f.getName() + " " + f.getType().asSerializableString())
        .toList();
  }
}
