package io.fluss.source.lookup;

import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * What the keys of a lookup join mean to a table: which of them find rows, by bucket and by the
 * whole or the first columns of the primary key, and which are left to compare with the rows found.
 *
 * @param columns by join key: its column, a position in the rows of the table
 * @param produced by join key: its column, a position in the rows that the lookup hands out
 * @param keyColumns the columns of the primary key that find the rows: all, or the first few
 * @param wholeKey whether they are all, so that there is one row at most
 * @param compared the join keys that are compared with the rows found
 */
record LookupKeys(int[] columns, int[] produced, int[] keyColumns, boolean wholeKey, int[] compared)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * @param projection the fields of the rows that the lookup hands out
   * @param joinKeys columns of those rows that the join's keys are equal to, in any order
   * @throws TableException where they do not find rows; the message names those that would
   */
  static LookupKeys of(TableInfo table, Selection.Fields projection, int[][] joinKeys) {
    if (!table.hasPrimaryKey()) {
      throw new TableException(
          "Cannot look up rows of table '"
              + table.path()
              + "': it has no primary key. Lookup joins need a table with PRIMARY KEY (...) NOT"
              + " ENFORCED.");
    }
    int[] produced = Arrays.stream(joinKeys).mapToInt(path -> topLevel(table, path)).toArray();
    int[] columns =
        Arrays.stream(produced).map(p -> topLevel(table, projection.paths()[p])).toArray();
    List<Integer> wanted = Arrays.stream(columns).boxed().toList();
    int[] keyColumns = Arrays.stream(table.keyPositions()).takeWhile(wanted::contains).toArray();
    List<String> names = table.rowType().getFieldNames();
    boolean knowsBucket =
        table.bucketKey().stream().allMatch(c -> wanted.contains(names.indexOf(c)));
    boolean knowsPartition =
        table.partitionKeys().stream().allMatch(c -> wanted.contains(names.indexOf(c)));
    if (keyColumns.length == 0 || !knowsBucket || !knowsPartition) {
      throw noRows(table, wanted.stream().map(names::get).toList());
    }
    List<Integer> found = Arrays.stream(keyColumns).boxed().toList();
    int[] compared =
        IntStream.range(0, columns.length).filter(i -> !found.contains(columns[i])).toArray();
    Arrays.stream(compared).forEach(i -> requireComparable(table, columns[i]));
    return new LookupKeys(
        columns, produced, keyColumns, keyColumns.length == table.primaryKey().size(), compared);
  }

  private static int topLevel(TableInfo table, int[] path) {
    if (path.length != 1) {
      throw new TableException(
          "Cannot look up rows of table '"
              + table.path()
              + "' by a field of a ROW column. Join on whole columns.");
    }
    return path[0];
  }

  private static TableException noRows(TableInfo table, List<String> given) {
    int first = table.bucketKey().size();
    List<String> key =
        table.primaryKey().stream().filter(c -> !table.partitionKeys().contains(c)).toList();
    boolean bucketKeyFirst = first < key.size() && key.subList(0, first).equals(table.bucketKey());
    return new TableException(
        "Cannot look up rows of table '"
            + table.path()
            + "' by "
            + given
            + (table.isPartitioned()
                ? ". A lookup join needs an equality on each of the partition keys "
                    + table.partitionKeys()
                    + " at least"
                : "")
            + ". A lookup join needs an equality on each column of the primary key "
            + table.primaryKey()
            + (bucketKeyFirst
                ? ", or on each column of the bucket key "
                    + table.bucketKey()
                    + ", with which the primary key begins"
                : "; the bucket key is "
                    + table.bucketKey()
                    + ", and only a table whose primary key begins with it, and goes on, can be"
                    + " looked up by the bucket key alone")
            + ".");
  }

  private static void requireComparable(TableInfo table, int column) {
    RowType.RowField field = table.rowType().getFields().get(column);
    LogicalType type = field.getType();
    if (!type.is(LogicalTypeFamily.PREDEFINED)) {
      throw new TableException(
          "Cannot look up rows of table '"
              + table.path()
              + "' with an equality on column '"
              + field.getName()
              + "' of type "
              + type.asSummaryString()
              + ", whose values cannot be compared here. Compare CAST(... AS STRING) of both sides.");
    }
  }

  /** By column of the table: the join key that has its value, -1 where none has. */
  int[] keyOfColumn(int columnCount) {
    int[] keys = new int[columnCount];
    Arrays.fill(keys, -1);
    for (int i = 0; i < columns.length; i++) {
      keys[columns[i]] = i;
    }
    return keys;
  }
}
