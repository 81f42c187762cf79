package io.fluss.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes rows of objects. Classes and fields are looked up once, when it is made. A row made shares
 * only byte arrays with the object. Thread-safe.
 *
 * <p>Every column that is written needs a field; fields without a column are left alone.
 *
 * @param <T> a record, or a class with a constructor without arguments
 */
@PublicEvolving
public final class ObjectToRow<T> {

  /** By position, null where a column is not written. */
  private final FieldOfColumn[] fields;

  private ObjectToRow(FieldOfColumn[] fields) {
    this.fields = fields;
  }

  /**
   * Lays a class over a row type, all columns of which are written.
   *
   * @param <T> the class
   * @param type the class
   * @param rowType of the rows
   * @return the conversion
   * @throws UnfitClassException with all columns that have no field or one of another type
   */
  public static <T> ObjectToRow<T> of(Class<T> type, RowType rowType) {
    return of(type, rowType, rowType.getFieldNames());
  }

  /**
   * Lays a class over some columns of a row type.
   *
   * @param columns that are written; the others are NULL in the rows, and need no field
   * @param <T> the class
   * @param type the class
   * @param rowType of the rows
   * @return the conversion
   * @throws UnfitClassException with all columns that have no field or one of another type
   */
  public static <T> ObjectToRow<T> of(Class<T> type, RowType rowType, Collection<String> columns) {
    Mapping mapping = new Mapping(type);
    ObjectToRow<T> conversion = of(type, rowType, columns, "", mapping);
    mapping.requireFine();
    return conversion;
  }

  /**
   * The row of an object, an insert.
   *
   * @param object not null
   * @return a new row
   * @throws UnfitValueException where a value does not fit its column: null where it is NOT NULL, a
   *     number with too many digits
   */
  public GenericRowData row(T object) {
    GenericRowData row = new GenericRowData(fields.length);
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] != null) {
        row.setField(i, fields[i].internal(object));
      }
    }
    return row;
  }

  /**
   * @param path of the row in which this one is nested, empty where it is none
   */
  static <T> ObjectToRow<T> of(
      Class<T> type, RowType rowType, Collection<String> columns, String path, Mapping mapping) {
    ObjectClass shape = ObjectClass.of(type);
    List<String> names = rowType.getFieldNames();
    FieldOfColumn[] fields = new FieldOfColumn[names.size()];
    Set<ObjectField> used = new HashSet<>();
    for (int i = 0; i < fields.length; i++) {
      if (columns.contains(names.get(i))) {
        LogicalType columnType = rowType.getTypeAt(i);
        String column = Mapping.path(path, names.get(i));
        Optional<ObjectField> field = shape.field(names.get(i));
        if (field.isEmpty()) {
          mapping.noField(column, columnType, shape, "Add one.");
        } else if (!used.add(field.get())) {
          mapping.fieldOfAnother(column);
        } else {
          fields[i] = FieldOfColumn.of(column, columnType, field.get(), mapping);
        }
      }
    }
    return new ObjectToRow<>(fields);
  }

  /** A field, and what makes the column's value of its. */
  private record FieldOfColumn(
      MethodHandle getter, ToInternal conversion, boolean nullable, String path) {

    private static final MethodType GET = MethodType.methodType(Object.class, Object.class);

    static FieldOfColumn of(String path, LogicalType type, ObjectField field, Mapping mapping) {
      return new FieldOfColumn(
          field.getter().asType(GET),
          ToInternals.of(type, field.type(), path, mapping),
          type.isNullable(),
          path);
    }

    @Nullable
    Object internal(Object object) {
      Object value = value(object);
      if (value != null) {
        return conversion.internal(value);
      }
      if (!nullable) {
        throw new UnfitValueException(
            "Column '"
                + path
                + "' is NOT NULL and its field is null in an object of class "
                + object.getClass().getName()
                + ". Set the field.");
      }
      return null;
    }

    @Nullable
    private Object value(Object object) {
      try {
        return (Object) getter.invokeExact(object);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("Field of column '" + path + "' is not readable: " + e, e);
      }
    }
  }
}
