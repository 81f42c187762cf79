package io.fluss.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes objects of rows. Classes and fields are looked up once, when it is made; values of
 * primitive types go from row to field without boxes. An object made keeps nothing of the row.
 * Thread-safe.
 *
 * <p>Every column needs a field. A field without a column stays as the constructor leaves it; a
 * component of a record is null then, and may not be of a primitive type.
 *
 * @param <T> a record, or a class with a constructor without arguments
 */
@PublicEvolving
public final class RowToObject<T> {

  private static final MethodType SET =
      MethodType.methodType(void.class, Object.class, RowData.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class, RowData.class);

  /** Makes an object, with all of its components where it is a record. */
  private final MethodHandle make;

  /** Set the other fields, one each. */
  private final MethodHandle[] set;

  private RowToObject(MethodHandle make, MethodHandle[] set) {
    this.make = make;
    this.set = set;
  }

  /**
   * Lays a class over a row type.
   *
   * @param rowType of the rows that will be read
   * @param <T> the class
   * @param type the class
   * @return the conversion
   * @throws UnfitClassException with all columns that have no field or one of another type
   */
  public static <T> RowToObject<T> of(RowType rowType, Class<T> type) {
    Mapping mapping = new Mapping(type);
    RowToObject<T> conversion = of(rowType, type, "", mapping);
    mapping.requireFine();
    return conversion;
  }

  /**
   * The object of a row.
   *
   * @param row of the row type
   * @return a new object
   * @throws UnfitValueException where a value does not fit its field: NULL into a primitive type, a
   *     text that is none of an enum's constants
   */
  @SuppressWarnings("unchecked") // the constructor is of T
  public T read(RowData row) {
    try {
      Object object = (Object) make.invokeExact(row);
      for (MethodHandle each : set) {
        each.invokeExact(object, row);
      }
      return (T) object;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The constructor failed: " + e, e);
    }
  }

  /**
   * @param path of the row in which this one is nested, empty where it is none
   */
  static <T> RowToObject<T> of(RowType rowType, Class<T> type, String path, Mapping mapping) {
    ObjectClass shape = ObjectClass.of(type);
    Map<ObjectField, MethodHandle> readers = new HashMap<>();
    for (int i = 0; i < rowType.getFieldCount(); i++) {
      String name = rowType.getFieldNames().get(i);
      String column = Mapping.path(path, name);
      LogicalType columnType = rowType.getTypeAt(i);
      Optional<ObjectField> field = shape.field(name);
      if (field.isEmpty()) {
        mapping.noField(column, columnType, shape, "Add one, or do not select the column.");
      } else {
        FromInternal conversion = FromInternals.of(columnType, field.get().type(), column, mapping);
        MethodHandle reader =
            field.get().raw().isPrimitive()
                ? primitive(i, column, field.get().raw(), mapping)
                : new ReferenceColumn(RowData.createFieldGetter(columnType, i), conversion)
                    .reader(field.get().raw());
        if (readers.put(field.get(), reader) != null) {
          mapping.fieldOfAnother(column);
        }
      }
    }
    return shape.isRecord() ? ofRecord(shape, readers, rowType, mapping) : ofClass(shape, readers);
  }

  /** Where the types do not match this was noticed before, and no column is read. */
  private static MethodHandle primitive(
      int position, String column, Class<?> type, Mapping mapping) {
    return mapping.isFine()
        ? new PrimitiveColumn(position, column).reader(type)
        : MethodHandles.dropArguments(MethodHandles.zero(type), 0, RowData.class);
  }

  private static <T> RowToObject<T> ofRecord(
      ObjectClass shape, Map<ObjectField, MethodHandle> readers, RowType rowType, Mapping mapping) {
    List<MethodHandle> arguments = new ArrayList<>();
    for (ObjectField field : shape.fields()) {
      MethodHandle reader = readers.get(field);
      if (reader == null) {
        if (field.raw().isPrimitive()) {
          mapping.noColumn(field, rowType.getFieldNames());
        }
        reader = MethodHandles.dropArguments(MethodHandles.zero(field.raw()), 0, RowData.class);
      }
      arguments.add(reader);
    }
    MethodHandle ofManyRows =
        MethodHandles.filterArguments(
            shape.constructor(), 0, arguments.toArray(MethodHandle[]::new));
    MethodHandle ofOneRow =
        MethodHandles.permuteArguments(
            ofManyRows,
            MethodType.methodType(shape.type(), RowData.class),
            new int[arguments.size()]);
    return new RowToObject<>(ofOneRow.asType(MAKE), new MethodHandle[0]);
  }

  private static <T> RowToObject<T> ofClass(
      ObjectClass shape, Map<ObjectField, MethodHandle> readers) {
    MethodHandle make =
        MethodHandles.dropArguments(shape.constructor(), 0, RowData.class).asType(MAKE);
    MethodHandle[] set =
        readers.entrySet().stream()
            .map(
                e ->
                    MethodHandles.filterArguments(e.getKey().setter(), 1, e.getValue()).asType(SET))
            .toArray(MethodHandle[]::new);
    return new RowToObject<>(make, set);
  }
}
