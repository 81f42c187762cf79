package io.fluss.read;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.flink.table.types.logical.RowType;

/** What of a table's rows is wanted. Only that is decompressed and decoded. */
public sealed interface Selection extends Serializable {

  /** The fields at these paths, in this order; a path leads from a top-level column inwards. */
  static Selection fields(int[][] paths) {
    return new Fields(paths);
  }

  /** All columns of a row type. */
  static Selection all(RowType type) {
    int[][] paths = new int[type.getFieldCount()][];
    Arrays.setAll(paths, i -> new int[] {i});
    return new Fields(paths);
  }

  /**
   * Instead of rows, one row per batch with the number of its rows, {@code columns} times; where
   * buckets are folded, one row per bucket.
   */
  static Selection rowCounts(int columns) {
    return new RowCounts(columns);
  }

  /**
   * Of a primary-key table, its records as they are: key ({@code BYTES NOT NULL}) and value ({@code
   * BYTES}), for a fold.
   */
  static Selection records() {
    return new Records();
  }

  /**
   * Selected fields as columns.
   *
   * @param paths into the table's current schema
   */
  record Fields(int[][] paths) implements Selection {

    @Override
    public String toString() {
      return "Fields" + Arrays.deepToString(paths);
    }
  }

  /** Counted rows: no body and no value is looked at. */
  record RowCounts(int columns) implements Selection {}

  /** See {@link Selection#records()}. */
  record Records() implements Selection {}
}
