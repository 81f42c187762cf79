package io.fluss.union;

import io.fluss.lake.LakeSchema;
import io.fluss.read.NestedFields;
import io.fluss.read.Selection;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * Which columns of a lake table a read takes: those that are selected, and others that it needs by
 * the way. Immutable; {@link LakeRows} makes rows of them.
 *
 * @param lakeType all columns of the lake table
 * @param columns positions in it, each once
 * @param fields what is selected
 * @param keyPositions of the primary key in {@code lakeType}, in the order of the key
 */
public record LakeColumns(
    RowType lakeType, List<Integer> columns, NestedFields fields, List<Integer> keyPositions) {

  /** Field ids of the system columns, which no column of a table has. */
  private static final int FIRST_SYSTEM_ID = Integer.MIN_VALUE;

  public LakeColumns {
    columns = List.copyOf(columns);
    keyPositions = List.copyOf(keyPositions);
  }

  /**
   * The selected ones.
   *
   * @param selection into the lake table's columns, which begin with the table's; no column where
   *     rows are counted
   */
  public static LakeColumns of(TableInfo table, Selection selection) {
    RowType lakeType = LakeSchema.rowType(table);
    int[][] paths = selection instanceof Selection.Fields f ? f.paths() : new int[0][];
    NestedFields fields = NestedFields.of(fieldsOf(table, lakeType), paths);
    List<Integer> columns =
        fields.columns().stream().map(c -> lakeType.getFieldIndex(c.name())).toList();
    return new LakeColumns(
        lakeType, columns, fields, IntStream.of(table.keyPositions()).boxed().toList());
  }

  private static List<Field> fieldsOf(TableInfo table, RowType lakeType) {
    List<Field> all = new ArrayList<>(table.currentSchema().fields());
    for (int i = all.size(); i < lakeType.getFieldCount(); i++) {
      all.add(
          new Field(FIRST_SYSTEM_ID + i, lakeType.getFieldNames().get(i), lakeType.getTypeAt(i)));
    }
    return all;
  }

  /** These and all others, in the order of the lake table. */
  public LakeColumns andAll() {
    return new LakeColumns(
        lakeType,
        IntStream.range(0, lakeType.getFieldCount()).boxed().toList(),
        fields,
        keyPositions);
  }

  /** These and those of the primary key. */
  public LakeColumns andKey() {
    return and(keyPositions);
  }

  /** These and one that a {@link LakeSchema} has beside the table's. */
  public LakeColumns and(String systemColumn) {
    return and(List.of(lakeType.getFieldIndex(systemColumn)));
  }

  private LakeColumns and(List<Integer> more) {
    List<Integer> all = new ArrayList<>(columns);
    more.stream().filter(c -> !all.contains(c)).forEach(all::add);
    return new LakeColumns(lakeType, all, fields, keyPositions);
  }

  /** Where a column of this name is in the rows that are read; negative where it is not. */
  int positionOf(String name) {
    return columns.indexOf(lakeType.getFieldIndex(name));
  }

  /** Type of the rows that are read. */
  RowType readType() {
    return new RowType(false, columns.stream().map(lakeType.getFields()::get).toList());
  }
}
