package io.fluss.merge;

import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The full row with the greatest version wins, the last one of equals. A row without a version
 * takes the place of none; deletes are ignored. Immutable, so safe for any number of threads.
 */
final class NewestVersion implements MergeFunction {

  private final ValueVersions values;
  private final int versionField;
  private final Comparison comparison;

  NewestVersion(TableInfo table, SchemaHistory schemas) {
    String column =
        table
            .versionColumn()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Table '" + table.path() + "' does not name its version column."));
    Field field =
        table.valueFields().stream()
            .filter(f -> f.name().equals(column))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Version column '"
                            + column
                            + "' of table '"
                            + table.path()
                            + "' is not a column outside its primary key."));
    this.values = ValueVersions.ofFullRows(table, schemas);
    this.versionField = field.fieldId();
    this.comparison = Comparison.of(field);
  }

  @Override
  @Nullable
  public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
    if (columnSet != ColumnSet.FULL_ROW) {
      throw UnknownColumnSetException.ofUpdate(columnSet);
    }
    if (value == null) {
      return state;
    }
    RecordKinds.requireRow(value);
    return state == null || replaces(value, state) ? value : state;
  }

  private boolean replaces(byte[] value, byte[] state) {
    ValueColumns newColumns = values.of(value);
    int newPosition = newColumns.positionOf(versionField);
    RowData newRow = newColumns.reader().read(value);
    if (newRow.isNullAt(newPosition)) {
      return false;
    }
    ValueColumns oldColumns = values.of(state);
    int oldPosition = oldColumns.positionOf(versionField);
    RowData oldRow = oldColumns.reader().read(state);
    return oldRow.isNullAt(oldPosition)
        || comparison.compare(newRow, newPosition, oldRow, oldPosition) >= 0;
  }

  /** Compares versions, none of which is null. */
  @FunctionalInterface
  private interface Comparison {

    int compare(RowData left, int leftPosition, RowData right, int rightPosition);

    static Comparison of(Field field) {
      LogicalType type = field.type();
      return switch (type.getTypeRoot()) {
        case INTEGER -> (l, i, r, j) -> Integer.compare(l.getInt(i), r.getInt(j));
        case BIGINT -> (l, i, r, j) -> Long.compare(l.getLong(i), r.getLong(j));
        case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
          int precision = LogicalTypeChecks.getPrecision(type);
          yield (l, i, r, j) ->
              l.getTimestamp(i, precision).compareTo(r.getTimestamp(j, precision));
        }
        default ->
            throw new IllegalArgumentException(
                "Version column '"
                    + field.name()
                    + "' has type "
                    + type.asSummaryString()
                    + ". A version is of type INT, BIGINT, TIMESTAMP or TIMESTAMP_LTZ.");
      };
    }
  }
}
