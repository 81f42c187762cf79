package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogBatch;
import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Which columns of a table are wanted, and of which rows. What is read has those columns and those
 * that the condition is about. Immutable.
 */
final class RowSelection {

  private final TableInfo table;

  /** Positions of the columns that are wanted. */
  private final int[] wanted;

  /** Over the table's row type. */
  @Nullable private final Predicate filter;

  /** Positions of the columns that are read: those wanted, then others. */
  private final int[] read;

  /** Positions of the wanted columns in what is read; null where nothing else is read. */
  @Nullable private final int[] projection;

  /** Over the rows that are read. */
  @Nullable private final Predicate condition;

  private RowSelection(TableInfo table, int[] wanted, @Nullable Predicate filter) {
    this.table = table;
    this.wanted = wanted;
    this.filter = filter;
    List<Integer> columns = new ArrayList<>(Arrays.stream(wanted).boxed().toList());
    if (filter != null) {
      Arrays.stream(filter.columns()).filter(c -> !columns.contains(c)).forEach(columns::add);
    }
    this.read = columns.stream().mapToInt(Integer::intValue).toArray();
    this.projection =
        read.length == wanted.length ? null : IntStream.range(0, wanted.length).toArray();
    this.condition = Optional.ofNullable(filter).flatMap(f -> f.restrictedTo(read)).orElse(null);
  }

  /** All rows with all columns. */
  static RowSelection all(TableInfo table) {
    return new RowSelection(
        table, IntStream.range(0, table.rowType().getFieldCount()).toArray(), null);
  }

  /**
   * @throws FlussException where a column is not there
   */
  RowSelection project(int[] columns) {
    int count = table.rowType().getFieldCount();
    for (int column : columns) {
      if (column < 0 || column >= count) {
        throw noColumn(String.valueOf(column));
      }
    }
    return new RowSelection(table, columns.clone(), filter);
  }

  /**
   * @throws FlussException where a column is not there
   */
  RowSelection project(List<String> columns) {
    RowType type = table.rowType();
    for (String column : columns) {
      if (type.getFieldIndex(column) < 0) {
        throw noColumn("'" + column + "'");
      }
    }
    return project(columns.stream().mapToInt(type::getFieldIndex).toArray());
  }

  private FlussException noColumn(String column) {
    return new FlussException(
        "Cannot scan column "
            + column
            + " of table '"
            + table.path()
            + "': its columns are "
            + table.rowType().getFieldNames()
            + ".");
  }

  /** These rows, and of them only those that match. */
  RowSelection filter(Predicate more) {
    int count = table.rowType().getFieldCount();
    if (Arrays.stream(more.columns()).anyMatch(c -> c >= count)) {
      throw new FlussException(
          "The condition "
              + more
              + " is about a column at position "
              + Arrays.stream(more.columns()).max().getAsInt()
              + ", and table '"
              + table.path()
              + "' has "
              + count
              + " columns. Conditions are over all columns of the table, projected or not.");
    }
    return new RowSelection(
        table, wanted, filter == null ? more : Predicate.and(List.of(filter, more)));
  }

  /** Positions of the columns that are wanted. */
  int[] wanted() {
    return wanted;
  }

  boolean wantsAllColumns() {
    return Arrays.equals(wanted, IntStream.range(0, table.rowType().getFieldCount()).toArray());
  }

  /** Over the table's row type; empty where all rows are wanted. */
  Optional<Predicate> filter() {
    return Optional.ofNullable(filter);
  }

  /** What is read. */
  Selection selection() {
    return Selection.fields(Arrays.stream(read).mapToObj(c -> new int[] {c}).toArray(int[][]::new));
  }

  /** Type of the rows that come out. */
  RowType rowType() {
    RowType all = table.rowType();
    return new RowType(false, Arrays.stream(wanted).mapToObj(all.getFields()::get).toList());
  }

  /** The rows of a batch that match, with the columns wanted. */
  SelectedRows of(LogBatch batch) {
    int rows = batch.excluded() ? 0 : batch.rows().rowCount();
    boolean log = !table.hasPrimaryKey();
    if (condition == null || rows == 0) {
      return new SelectedRows(batch, rows, null, projection, log);
    }
    int[] indexes = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      if (condition.test(batch.rows().row(i))) {
        indexes[count++] = i;
      }
    }
    return new SelectedRows(batch, count, indexes, projection, log);
  }

  /** Whether a row that was read matches. */
  boolean matches(RowData row) {
    return condition == null || condition.test(row);
  }

  /** The wanted columns of a row that was read. */
  RowData wantedOf(RowData row) {
    return projection == null ? row : ProjectedRowData.from(projection).replaceRow(row);
  }
}
