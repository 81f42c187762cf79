package io.fluss.format.arrow;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * A column by its path through rows within rows.
 *
 * @param parents the rows that the path leads through, outermost first
 */
record ProjectedColumn(List<NestedReaders.Structs> parents, ColumnReader column) {
  static ProjectedColumn of(ColumnReader[] columns, int[] path) {
    List<NestedReaders.Structs> parents = new ArrayList<>();
    ColumnReader column = columns[path[0]];
    for (int i = 1; i < path.length; i++) {
      NestedReaders.Structs parent = (NestedReaders.Structs) column;
      parents.add(parent);
      column = parent.field(path[i]);
    }
    return new ProjectedColumn(parents, column);
  }

  /** The column's view, in which a value is null if one of its parents is. */
  ColumnView read(BodyReader in) {
    @Nullable Slice validity = null;
    for (NestedReaders.Structs parent : parents) {
      validity = parent.validity(in, in.rowCount(), validity);
    }
    return column.read(in, in.rowCount(), validity);
  }
}
