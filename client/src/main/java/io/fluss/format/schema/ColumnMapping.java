package io.fluss.format.schema;

import io.fluss.FlussException;
import io.fluss.table.SchemaVersion.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * How rows that were written with one schema version are read as rows of another. Made once for the
 * two; for a row it costs a view. Immutable.
 *
 * <ul>
 *   <li>Columns are the same where their field ids are, whatever they are called.
 *   <li>A column that the writer's schema does not have is null.
 *   <li>A column whose type was widened is converted.
 *   <li>Where the reader takes a column for NOT NULL, and the writer's may be null or is not there,
 *       a row without a value fails: it was written after the reader was planned.
 * </ul>
 */
public final class ColumnMapping {

  static final int MISSING = -1;

  /** By column of the reader, where it is in the writer's row; {@link #MISSING}. */
  private final int[] positions;

  private final Conversion[] conversions;

  /** Columns of the reader that have to have a value and may have none. */
  private final int[] required;

  private final List<String> names;
  private final boolean identity;

  private ColumnMapping(
      int[] positions,
      Conversion[] conversions,
      int[] required,
      List<String> names,
      boolean identity) {
    this.positions = positions;
    this.conversions = conversions;
    this.required = required;
    this.names = names;
    this.identity = identity;
  }

  /**
   * The mapping from rows of all columns of a schema.
   *
   * @param written columns of the rows that there are
   * @param wanted columns of the rows that are asked for
   * @throws FlussException where a column's types have nothing to do with each other
   */
  public static ColumnMapping of(List<Field> written, List<Field> wanted) {
    int[] positions = new int[wanted.size()];
    Conversion[] conversions = new Conversion[positions.length];
    List<Integer> required = new ArrayList<>();
    boolean identity = written.size() == wanted.size();
    for (int i = 0; i < positions.length; i++) {
      Field to = wanted.get(i);
      positions[i] = positionOf(to, written);
      Field from = positions[i] == MISSING ? null : written.get(positions[i]);
      conversions[i] = from == null ? null : Conversion.between(to.name(), from.type(), to.type());
      if (!to.type().isNullable() && (from == null || from.type().isNullable())) {
        required.add(i);
      }
      identity &= positions[i] == i && conversions[i] == null;
    }
    return new ColumnMapping(
        positions,
        conversions,
        required.stream().mapToInt(Integer::intValue).toArray(),
        wanted.stream().map(Field::name).toList(),
        identity && required.isEmpty());
  }

  /** Where a column is among others, by its field id; negative where it is not. */
  public static int positionOf(Field column, List<Field> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).fieldId() == column.fieldId())
        .findFirst()
        .orElse(MISSING);
  }

  /** Whether all rows are as they are asked for. */
  public boolean isIdentity() {
    return identity;
  }

  /** Whether each column that is there has the type that is asked for. */
  public boolean keepsTypes() {
    for (Conversion conversion : conversions) {
      if (conversion != null) {
        return false;
      }
    }
    return true;
  }

  /**
   * A row as it is asked for: a view over the row.
   *
   * @throws FlussException where a column that has to have a value has none
   */
  public RowData row(RowData written) {
    if (identity) {
      return written;
    }
    for (int column : required) {
      if (positions[column] == MISSING || written.isNullAt(positions[column])) {
        throw noValue(column);
      }
    }
    return new MappedRow(this, written);
  }

  /**
   * As {@link #row}, whether or not columns have values: of a row that tells of its key only, or
   * where {@link #mayLack} is looked at later.
   */
  public RowData unchecked(RowData written) {
    return identity ? written : new MappedRow(this, written);
  }

  /** Whether a column that the reader takes for NOT NULL may have no value in what is written. */
  public boolean mayLack(int column) {
    for (int one : required) {
      if (one == column) {
        return true;
      }
    }
    return false;
  }

  private FlussException noValue(int column) {
    return noValue(names.get(column));
  }

  /** The failure of a reader that was planned when a column was NOT NULL. */
  public static FlussException noValue(String column) {
    return new FlussException(
        "column '"
            + column
            + "' has no value, and was NOT NULL when this job was planned: it was dropped or may be"
            + " null since (ALTER TABLE). Start the job again, so that it reads the table as it is"
            + " now");
  }

  int arity() {
    return positions.length;
  }

  int position(int column) {
    return positions[column];
  }

  @Nullable
  Conversion conversion(int column) {
    return conversions[column];
  }
}
