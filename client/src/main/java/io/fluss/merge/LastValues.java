package io.fluss.merge;

import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.format.schema.ColumnMapping;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.RowType;

/**
 * Of each column, the last record that covers it wins: tables with column sets.
 *
 * <p>A state is {@link Layers}. The row is put together when it is asked for, in the current
 * schema; a full row alone is as it was found. One thread.
 */
final class LastValues implements MergeFunction {

  private final List<Field> columns;
  private final RowEncoder encoder;
  private final Layers layers = new Layers();
  private final LayerCursor cursor = new LayerCursor();
  private final ComposedRow composed;

  /** By id, that of the full row too; null where it is not registered. */
  private final CoveredColumns[] sets = new CoveredColumns[ColumnSet.MAX_ID + 1];

  LastValues(TableInfo table, SchemaHistory schemas) {
    this.columns = KeyedSchema.of(table).valueFields();
    List<Integer> fieldIds = columns.stream().map(Field::fieldId).toList();
    this.encoder = encoder(nullable(columns), table.schemaVersion());
    this.composed = new ComposedRow(columns.size());
    sets[ColumnSet.FULL_ROW] =
        new CoveredColumns(columns, fieldIds, ValueVersions.ofFullRows(table, schemas));
    for (ColumnSet set : table.columnSets()) {
      sets[set.id()] =
          new CoveredColumns(columns, set.fieldIds(), ValueVersions.of(table, schemas, set));
    }
  }

  /** Any column may be missing in a row made of updates. */
  private static List<Field> nullable(List<Field> columns) {
    return columns.stream()
        .map(f -> new Field(f.fieldId(), f.name(), f.type().copy(true)))
        .toList();
  }

  private static RowEncoder encoder(List<Field> columns, int schemaVersion) {
    RowType type =
        new RowType(
            false, columns.stream().map(f -> new RowType.RowField(f.name(), f.type())).toList());
    return RowEncoder.of(type, IntStream.range(0, columns.size()).toArray(), schemaVersion);
  }

  @Override
  @Nullable
  public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    CoveredColumns covered = covered(columnSet);
    if (value != null && RecordKinds.require(columnSet, value) == ValueKind.ROW) {
      covered.requireReadable(value);
    }
    return layers.after(state, columnSet, value);
  }

  private CoveredColumns covered(int columnSet) {
    CoveredColumns covered = sets[columnSet];
    if (covered == null) {
      throw UnknownColumnSetException.ofUpdate(columnSet);
    }
    return covered;
  }

  @Override
  @Nullable
  public byte[] row(@Nullable byte[] state) {
    if (state == null || ValueHeader.kind(state) == ValueKind.ROW) {
      return state;
    }
    composed.clear();
    boolean updated = false;
    cursor.over(state);
    while (cursor.next()) {
      covered(cursor.columnSet()).set(composed, state, cursor);
      updated = cursor.kind() == ValueKind.ROW;
    }
    if (!updated && composed.isAllNull()) {
      return null;
    }
    int lacking = composed.lacking();
    if (lacking >= 0) {
      throw ColumnMapping.noValue(columns.get(lacking).name());
    }
    return encoder.encode(composed);
  }
}
