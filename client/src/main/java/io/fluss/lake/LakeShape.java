package io.fluss.lake;

import io.fluss.format.schema.ColumnMapping;
import io.fluss.format.schema.TypeWidening;
import io.fluss.predicate.Predicate;
import io.fluss.read.BatchRows;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * A table beside the columns that a lake table of it has, which may be those of an earlier or of a
 * later schema version: a reader keeps the columns that it was planned with, and the lake follows a
 * change at the next round of tiering. Immutable.
 *
 * <p>A format reads a split always with the columns that the lake table had when the split was
 * planned, so that two reads of it give the same rows.
 */
public final class LakeShape {

  /** Field ids of the system columns, which no column of a table has. */
  private static final int FIRST_SYSTEM_ID = Integer.MIN_VALUE;

  private final List<Field> wanted;
  private final List<Field> found;
  private final TableInfo inLake;
  private final boolean same;

  /**
   * @param table as a reader knows it
   * @param inLake columns that the lake table has
   */
  public LakeShape(TableInfo table, SchemaVersion inLake) {
    this.wanted = withSystemColumns(table.currentSchema());
    this.found = withSystemColumns(inLake);
    this.same = wanted.equals(found);
    this.inLake = same ? table : table.inSchema(inLake);
  }

  private static List<Field> withSystemColumns(SchemaVersion schema) {
    List<Field> all = new ArrayList<>(schema.fields());
    LakeSchema.systemColumns()
        .forEach(
            column ->
                all.add(
                    new Field(
                        FIRST_SYSTEM_ID + LakeSchema.SYSTEM_COLUMNS.indexOf(column.getName()),
                        column.getName(),
                        column.getType())));
    return all;
  }

  /** The table with the columns of the lake table. */
  public TableInfo inLake() {
    return inLake;
  }

  /**
   * What of the lake table has to be read. A condition is left out as far as it is about columns
   * that are not there or have another type.
   */
  public LakeRead read(LakeRead read) {
    if (same) {
      return read;
    }
    int[] columns = new int[read.columns().length];
    int count = 0;
    for (int column : read.columns()) {
      int position = ColumnMapping.positionOf(wanted.get(column), found);
      if (position >= 0) {
        columns[count++] = position;
      }
    }
    Predicate condition = read.filter().flatMap(f -> f.restrictedTo(comparable())).orElse(null);
    Long limit = condition == null && read.filter().isPresent() ? null : read.limit();
    return new LakeRead(Arrays.copyOf(columns, count), condition, limit);
  }

  /** By column of the lake table, which one of the reader's it can be compared as; else -1. */
  private int[] comparable() {
    return found.stream()
        .mapToInt(
            f -> {
              int position = ColumnMapping.positionOf(f, wanted);
              boolean alike =
                  position >= 0 && TypeWidening.isSame(wanted.get(position).type(), f.type());
              return alike ? position : -1;
            })
        .toArray();
  }

  /**
   * Reads what is wanted.
   *
   * @param open reads what {@link #read} has made of it
   */
  public LakeReader reader(LakeRead read, Function<LakeRead, LakeReader> open) {
    LakeRead inner = read(read);
    LakeReader reader = open.apply(inner);
    if (same) {
      return reader;
    }
    List<Field> written = new ArrayList<>();
    List<Field> asked = new ArrayList<>();
    for (int column : inner.columns()) {
      written.add(found.get(column));
    }
    for (int column : read.columns()) {
      asked.add(wanted.get(column));
    }
    return new Mapped(reader, ColumnMapping.of(written, asked));
  }

  private record Mapped(LakeReader reader, ColumnMapping mapping) implements LakeReader {

    @Nullable
    @Override
    public BatchRows next() {
      BatchRows rows = reader.next();
      return rows == null || mapping.isIdentity() ? rows : new MappedRows(rows, mapping);
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private record MappedRows(BatchRows rows, ColumnMapping mapping) implements BatchRows {

    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public RowData row(int index) {
      return mapping.row(rows.row(index));
    }
  }
}
