package io.fluss.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** A column whose values go into a field that can be null. */
record ReferenceColumn(RowData.FieldGetter getter, FromInternal conversion) {

  private static final MethodHandle VALUE;

  static {
    try {
      VALUE =
          MethodHandles.lookup()
              .findVirtual(
                  ReferenceColumn.class,
                  "value",
                  MethodType.methodType(Object.class, RowData.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Reads the column: a handle of the row, of the type. */
  MethodHandle reader(Class<?> type) {
    return VALUE.bindTo(this).asType(MethodType.methodType(type, RowData.class));
  }

  @Nullable
  Object value(RowData row) {
    Object internal = getter.getFieldOrNull(row);
    return internal == null ? null : conversion.value(internal);
  }
}
