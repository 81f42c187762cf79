package io.fluss.merge;

import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;

/**
 * Of each column, the last record that covers it wins: tables with column sets.
 *
 * <p>A full row is the state as it was found. A state that a record of a column set has led to is
 * put together anew, in the current schema. One thread.
 */
final class LastValues implements MergeFunction {

  /** In place of a schema version: there is no state, or no columns in the update. */
  private static final int NOTHING = 0;

  private final List<Integer> fieldIds;
  private final RowEncoder encoder;
  private final ValueVersions fullRows;

  /** By id; null where it is not registered. */
  private final Updates[] sets = new Updates[ColumnSet.MAX_ID + 1];

  LastValues(TableInfo table) {
    List<Field> columns = KeyedSchema.of(table).valueFields();
    this.fieldIds = columns.stream().map(Field::fieldId).toList();
    this.encoder = encoder(columns, table.schemaVersion());
    this.fullRows = ValueVersions.ofFullRows(table);
    table.columnSets().forEach(set -> sets[set.id()] = new Updates(table, set));
  }

  /** Any column may be missing in a row made of updates, so the encoder takes null in all. */
  private static RowEncoder encoder(List<Field> columns, int schemaVersion) {
    RowType type =
        new RowType(
            false,
            columns.stream()
                .map(f -> new RowType.RowField(f.name(), f.type().copy(true)))
                .toList());
    return RowEncoder.of(type, IntStream.range(0, columns.size()).toArray(), schemaVersion);
  }

  @Override
  @Nullable
  public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    if (columnSet == ColumnSet.FULL_ROW) {
      return value;
    }
    Updates updates = sets[columnSet];
    if (updates == null) {
      throw new UnknownColumnSetException(columnSet);
    }
    boolean hasRow = value != null && ValueHeader.kind(value) == ValueKind.ROW;
    if (hasRow) {
      return encoder.encode(updates.apply(state, value));
    }
    if (state == null) {
      return null;
    }
    ComposedRow rest = updates.apply(state, null);
    return rest.isAllNull() ? null : encoder.encode(rest);
  }

  /** The updates of one column set. */
  private final class Updates {

    private final ColumnSet set;
    private final ValueVersions values;

    /** By schema version of the state and of the update; made when first needed. */
    private final ComposedRow[][] rows;

    Updates(TableInfo table, ColumnSet set) {
      this.set = set;
      this.values = ValueVersions.of(table, set);
      this.rows = new ComposedRow[table.schemaVersion() + 1][table.schemaVersion() + 1];
    }

    /**
     * The row after an update; valid until the next.
     *
     * @param update a value of kind ROW, or null: the set's columns become null
     */
    ComposedRow apply(@Nullable byte[] state, @Nullable byte[] update) {
      ValueColumns before = state == null ? null : fullRows.of(state);
      ValueColumns after = update == null ? null : values.of(update);
      return row(before, after)
          .over(
              after == null ? null : after.reader().read(update),
              before == null ? null : before.reader().read(state));
    }

    private ComposedRow row(@Nullable ValueColumns before, @Nullable ValueColumns after) {
      int stateVersion = before == null ? NOTHING : before.version();
      int updateVersion = after == null ? NOTHING : after.version();
      ComposedRow row = rows[stateVersion][updateVersion];
      if (row == null) {
        row = new ComposedRow(fieldIds, set.fieldIds(), after, before);
        rows[stateVersion][updateVersion] = row;
      }
      return row;
    }
  }
}
