package io.fluss.client.lookup;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * The columns that a lookup is by. They are the primary key, in any order; or of a partitioned or a
 * prefix lookup the bucket key, with which the primary key begins, and the partition keys.
 *
 * @param names in the order of the key rows
 * @param keyColumns those that begin the primary key, in its order
 */
record LookupColumns(TableInfo table, List<String> names, List<String> keyColumns) {

  LookupColumns {
    names = List.copyOf(names);
    keyColumns = List.copyOf(keyColumns);
  }

  /**
   * @throws FlussException where these columns do not find rows; says which do
   */
  static LookupColumns of(TableInfo table, List<String> names) {
    List<String> keyColumns = new ArrayList<>();
    for (String column : table.primaryKey()) {
      if (!names.contains(column)) {
        break;
      }
      keyColumns.add(column);
    }
    boolean finds =
        !keyColumns.isEmpty()
            && names.containsAll(table.bucketKey())
            && names.containsAll(table.partitionKeys())
            && names.stream().distinct().count() == names.size()
            && names.stream()
                .allMatch(c -> keyColumns.contains(c) || table.partitionKeys().contains(c));
    if (!finds) {
      throw new FlussException(
          "Cannot look up rows of table '"
              + table.path()
              + "' by "
              + names
              + ". Possible are the columns of the primary key "
              + table.primaryKey()
              + ", or the first of them, if the bucket key "
              + table.bucketKey()
              + (table.isPartitioned()
                  ? " is among them, and the partition keys "
                  : " is among them")
              + (table.isPartitioned() ? table.partitionKeys() + " are given" : "")
              + ".");
    }
    return new LookupColumns(table, names, keyColumns);
  }

  /** Whether there is one row at most. */
  boolean isWholeKey() {
    return keyColumns.size() == table.primaryKey().size();
  }

  /** Type of the key rows. */
  RowType rowType() {
    RowType all = table.rowType();
    return new RowType(
        false, names.stream().map(c -> all.getFields().get(all.getFieldIndex(c))).toList());
  }

  /** Where columns are in the key rows. */
  int[] positionsOf(List<String> columns) {
    return columns.stream().mapToInt(names::indexOf).toArray();
  }

  /** Where the columns are in rows of the table. */
  int[] tablePositions() {
    return names.stream().mapToInt(table.rowType()::getFieldIndex).toArray();
  }
}
