package io.fluss.read;

import io.fluss.table.SchemaVersion.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Fields selected from columns and from rows within them. Immutable.
 *
 * @param columns the columns that the fields are in, each once
 * @param paths of each field: a position in {@code columns}, then positions in rows within
 * @param arities of each field: how many fields each row on its path has, below the column
 * @param nested whether a field lies within a row; otherwise the columns are the fields
 */
public record NestedFields(List<Field> columns, int[][] paths, int[][] arities, boolean nested) {

  /**
   * @param schema the columns that there are
   * @param selected paths into them
   */
  public static NestedFields of(List<Field> schema, int[][] selected) {
    List<Field> columns = new ArrayList<>();
    int[][] paths = new int[selected.length][];
    int[][] arities = new int[selected.length][];
    boolean nested = false;
    for (int i = 0; i < selected.length; i++) {
      Field column = schema.get(selected[i][0]);
      nested |= selected[i].length > 1 || columns.contains(column);
      if (!columns.contains(column)) {
        columns.add(column);
      }
      paths[i] = selected[i].clone();
      paths[i][0] = columns.indexOf(column);
      arities[i] = arities(column.type(), selected[i]);
    }
    return new NestedFields(columns, paths, arities, nested);
  }

  private static int[] arities(LogicalType column, int[] path) {
    int[] arities = new int[path.length - 1];
    LogicalType type = column;
    for (int i = 0; i < arities.length; i++) {
      RowType row = (RowType) type;
      arities[i] = row.getFieldCount();
      type = row.getTypeAt(path[i + 1]);
    }
    return arities;
  }

  /** The fields of a row of the columns. */
  public RowData of(RowData row) {
    return nested ? new NestedRow(this, row) : row;
  }
}
