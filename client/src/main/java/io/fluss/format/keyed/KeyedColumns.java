package io.fluss.format.keyed;

import io.fluss.table.SchemaVersion.Field;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Where the columns of a projection are: in the key, in the value, or nowhere, because the value's
 * schema is older than they are. Immutable.
 *
 * @param places by column: a column of the key, counted from 0; the complement of a column of the
 *     value; or {@link #MISSING}
 * @param getters read each column of a row of the projection
 */
record KeyedColumns(int[] places, RowData.FieldGetter[] getters) {
  static final int MISSING = Integer.MIN_VALUE;

  static KeyedColumns of(KeyedSchema schema, List<Field> projection) {
    List<Integer> values = schema.valueFields().stream().map(Field::fieldId).toList();
    int[] places = new int[projection.size()];
    RowData.FieldGetter[] getters = new RowData.FieldGetter[places.length];
    for (int i = 0; i < places.length; i++) {
      int id = projection.get(i).fieldId();
      int key = schema.keyFieldIds().indexOf(id);
      int value = values.indexOf(id);
      places[i] = key >= 0 ? key : value >= 0 ? ~value : MISSING;
      getters[i] = RowData.createFieldGetter(projection.get(i).type().copy(true), i);
    }
    return new KeyedColumns(places, getters);
  }
}
