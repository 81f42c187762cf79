package io.fluss.source;

import io.fluss.predicate.Predicate;
import io.fluss.read.Selection;
import io.fluss.source.reader.MetadataColumn;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;

/**
 * What is read of each row of a table: the selected columns, then those which only the filter
 * needs, then where the row came from.
 *
 * @param positions in the table's row type, of the selected columns and those of the filter
 * @param selected how many of them are selected, the first ones
 * @param filter over these columns, null where all rows are wanted
 * @param origins whether {@link #ORIGIN} follows
 */
record ReadRow(
    RowType table, int[] positions, int selected, @Nullable Predicate filter, boolean origins)
    implements Serializable {

  /** The order in which {@link RecordValues} reads them. */
  static final MetadataColumns ORIGIN =
      new MetadataColumns(
          List.of(
              MetadataColumn.OFFSET,
              MetadataColumn.TIMESTAMP,
              MetadataColumn.ROW_INDEX,
              MetadataColumn.BUCKET,
              MetadataColumn.PARTITION));

  /**
   * @param selected positions in the table's row type
   * @param filter over the table's row type
   */
  static ReadRow of(TableInfo table, int[] selected, @Nullable Predicate filter, boolean origins) {
    Set<Integer> all = new LinkedHashSet<>();
    IntStream.of(selected).forEach(all::add);
    if (filter != null) {
      IntStream.of(filter.columns()).forEach(all::add);
    }
    int[] positions = all.stream().mapToInt(Integer::intValue).toArray();
    return new ReadRow(
        table.rowType(),
        positions,
        selected.length,
        filter == null ? null : filter.restrictedTo(positions).orElse(null),
        origins);
  }

  Selection.Fields selection() {
    return new Selection.Fields(
        IntStream.of(positions).mapToObj(p -> new int[] {p}).toArray(int[][]::new));
  }

  MetadataColumns metadata() {
    return origins ? ORIGIN : MetadataColumns.NONE;
  }

  /** Type of the selected columns. */
  RowType rowType() {
    return rowType(selected);
  }

  /** Type of all that is read, with the origin where it is asked for. */
  RowType readType() {
    List<RowType.RowField> fields = new ArrayList<>(rowType(positions.length).getFields());
    metadata()
        .columns()
        .forEach(c -> fields.add(new RowType.RowField(c.key(), c.type().getLogicalType())));
    return new RowType(false, fields);
  }

  private RowType rowType(int columns) {
    return new RowType(
        false,
        IntStream.of(positions).limit(columns).mapToObj(p -> table.getFields().get(p)).toList());
  }

  /** Whether rows are read with more columns than are selected. */
  boolean narrows() {
    return selected < positions.length;
  }
}
