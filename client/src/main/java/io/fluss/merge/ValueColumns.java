package io.fluss.merge;

import io.fluss.format.row.RowReader;
import io.fluss.table.SchemaVersion.Field;
import java.util.List;

/**
 * How values of one schema version and column set are read.
 *
 * @param version of the schema
 * @param fields the columns in the value, in their order
 */
record ValueColumns(int version, List<Field> fields, RowReader reader) {

  static ValueColumns of(int version, List<Field> fields) {
    return new ValueColumns(
        version, List.copyOf(fields), RowReader.of(fields.stream().map(Field::type).toList()));
  }

  /** Where in the value this column is; negative where it is not. */
  int positionOf(int fieldId) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).fieldId() == fieldId) {
        return i;
      }
    }
    return -1;
  }
}
