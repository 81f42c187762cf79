package io.fluss.upsert;

import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/** What the rows that a writer is given hold, and so what it writes of them. */
public sealed interface RowScope extends Serializable {

  /** All columns: an upsert replaces the row, a delete removes it. */
  record FullRow() implements RowScope {}

  /**
   * All columns, of which the writer knows some: an upsert sets these and leaves the others, a
   * delete makes these null.
   *
   * @param fieldIds ids of columns that are not of the primary key, at least one
   */
  record Columns(List<Integer> fieldIds) implements RowScope {
    public Columns {
      fieldIds = List.copyOf(fieldIds);
      if (fieldIds.isEmpty()) {
        throw new IllegalArgumentException("A partial update has at least one column.");
      }
    }
  }

  /** The columns of the primary key alone, in its order: all rows are deletes. */
  record Key() implements RowScope {
    @Override
    public RowType rowType(TableInfo table) {
      return new RowType(
          false,
          table.keyFields().stream()
              .map(field -> new RowType.RowField(field.name(), field.type()))
              .toList());
    }
  }

  static RowScope fullRow() {
    return new FullRow();
  }

  static RowScope columns(List<Integer> fieldIds) {
    return new Columns(fieldIds);
  }

  static RowScope key() {
    return new Key();
  }

  /** Type of the rows given. */
  default RowType rowType(TableInfo table) {
    return table.rowType();
  }
}
