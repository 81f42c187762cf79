package io.fluss.source.fold;

import io.fluss.read.Selection;
import io.fluss.table.ChangelogTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.types.RowKind;

/**
 * Makes rows of a {@code $changelog} table: its three columns, then those of the table, of both
 * what is selected. Immutable.
 */
public final class ChangeRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[][] tablePaths;

  /** Where each column is in a row of the three columns, followed by a row of the table. */
  private final int[] positions;

  private ChangeRows(int[][] tablePaths, int[] positions) {
    this.tablePaths = tablePaths;
    this.positions = positions;
  }

  /**
   * Selects these fields.
   *
   * @param paths into the columns of the {@code $changelog} table
   */
  public static ChangeRows of(int[][] paths) {
    int own = ChangelogTable.OWN_COLUMNS;
    List<int[]> tablePaths = new ArrayList<>();
    int[] positions = new int[paths.length];
    for (int i = 0; i < paths.length; i++) {
      int[] path = paths[i].clone();
      positions[i] = path[0];
      if (path[0] >= own) {
        positions[i] = own + tablePaths.size();
        path[0] -= own;
        tablePaths.add(path);
      }
    }
    return new ChangeRows(tablePaths.toArray(int[][]::new), positions);
  }

  /** What of the table's rows is wanted. */
  public Selection.Fields selection() {
    return new Selection.Fields(tablePaths);
  }

  /**
   * @param row begins with the selected fields of the table's row
   */
  RowData row(ChangeType type, long offset, TimestampData timestamp, RowData row) {
    GenericRowData own = GenericRowData.of(type.shown(), offset, timestamp);
    return ProjectedRowData.from(positions).replaceRow(new JoinedRowData(RowKind.INSERT, own, row));
  }
}
