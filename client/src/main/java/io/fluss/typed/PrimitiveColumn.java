package io.fluss.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.flink.table.data.RowData;

/** A column whose values go into a field of a primitive type, without boxes. */
@SuppressWarnings("unused") // called through handles
record PrimitiveColumn(int position, String path) {

  /** Reads the column: a handle of the row, of the type. */
  MethodHandle reader(Class<?> primitive) {
    try {
      return MethodHandles.lookup()
          .bind(this, primitive.getName() + "Of", MethodType.methodType(primitive, RowData.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("No column has values of type " + primitive, e);
    }
  }

  private void requireValue(RowData row) {
    if (row.isNullAt(position)) {
      throw new UnfitValueException(
          "Column '"
              + path
              + "' is NULL in a row and its field is of a primitive type. Use the wrapper class"
              + " for the field.");
    }
  }

  boolean booleanOf(RowData row) {
    requireValue(row);
    return row.getBoolean(position);
  }

  byte byteOf(RowData row) {
    requireValue(row);
    return row.getByte(position);
  }

  short shortOf(RowData row) {
    requireValue(row);
    return row.getShort(position);
  }

  int intOf(RowData row) {
    requireValue(row);
    return row.getInt(position);
  }

  long longOf(RowData row) {
    requireValue(row);
    return row.getLong(position);
  }

  float floatOf(RowData row) {
    requireValue(row);
    return row.getFloat(position);
  }

  double doubleOf(RowData row) {
    requireValue(row);
    return row.getDouble(position);
  }
}
