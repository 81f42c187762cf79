package io.fluss.typed;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Which conversion makes a field's values of a column's. */
final class FromInternals {

  private static final FromInternal AS_IT_IS = internal -> internal;

  /** Stands where a problem was reported; never called. */
  private static final FromInternal NONE = AS_IT_IS;

  private FromInternals() {}

  /**
   * The conversion into a type.
   *
   * @param path of the column
   * @param mapping told where there is none
   */
  static FromInternal of(LogicalType column, Type field, String path, Mapping mapping) {
    Optional<Class<?>> raw = JavaTypes.raw(field).map(JavaTypes::boxed);
    if (raw.isEmpty()) {
      return none(column, field, path, mapping);
    }
    Class<?> type = raw.get();
    Optional<Class<?>> plain = JavaTypes.plain(column);
    if (plain.isPresent()) {
      return plain.get() == type ? ofPlain(column) : none(column, field, path, mapping);
    }
    return switch (column.getTypeRoot()) {
      case CHAR, VARCHAR -> {
        if (type == String.class) {
          yield Object::toString;
        }
        yield type.isEnum() ? ofEnum(type, path) : none(column, field, path, mapping);
      }
      case ARRAY -> ofArray((ArrayType) column, field, type, path, mapping);
      case MAP -> ofMap((MapType) column, field, type, path, mapping);
      case ROW -> {
        if (type == Object.class || type.isArray() || type.getName().startsWith("java.")) {
          yield none(column, field, path, mapping);
        }
        RowToObject<?> nested = RowToObject.of((RowType) column, type, path, mapping);
        yield internal -> nested.read((RowData) internal);
      }
      default -> none(column, field, path, mapping);
    };
  }

  private static FromInternal none(LogicalType column, Type field, String path, Mapping mapping) {
    mapping.wrongType(path, column, field);
    return NONE;
  }

  private static FromInternal ofPlain(LogicalType column) {
    return switch (column.getTypeRoot()) {
      case DECIMAL -> internal -> ((DecimalData) internal).toBigDecimal();
      case DATE -> internal -> LocalDate.ofEpochDay((int) internal);
      case TIME_WITHOUT_TIME_ZONE -> internal -> LocalTime.ofNanoOfDay((int) internal * 1_000_000L);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> internal -> ((TimestampData) internal).toLocalDateTime();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> internal -> ((TimestampData) internal).toInstant();
      default -> AS_IT_IS;
    };
  }

  private static FromInternal ofEnum(Class<?> type, String path) {
    Map<String, Object> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return internal -> {
      Object constant = constants.get(internal.toString());
      if (constant == null) {
        throw new UnfitValueException(
            "Column '"
                + path
                + "' holds '"
                + internal
                + "', which is none of "
                + type.getSimpleName()
                + "'s constants "
                + List.of(type.getEnumConstants())
                + ".");
      }
      return constant;
    };
  }

  private static FromInternal ofArray(
      ArrayType column, Type field, Class<?> type, String path, Mapping mapping) {
    LogicalType elements = column.getElementType();
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elements);
    if (type.isArray()) {
      Class<?> component = type.getComponentType();
      FromInternal element = of(elements, JavaTypes.element(field), path + "[]", mapping);
      return internal -> array((ArrayData) internal, getter, element, component, path);
    }
    if (type == List.class || type == Collection.class) {
      FromInternal element = of(elements, JavaTypes.argument(field, 0), path + "[]", mapping);
      return internal -> list((ArrayData) internal, getter, element);
    }
    return none(column, field, path, mapping);
  }

  private static FromInternal ofMap(
      MapType column, Type field, Class<?> type, String path, Mapping mapping) {
    if (type != Map.class) {
      return none(column, field, path, mapping);
    }
    FromInternal keys =
        of(column.getKeyType(), JavaTypes.argument(field, 0), path + "{key}", mapping);
    FromInternal values =
        of(column.getValueType(), JavaTypes.argument(field, 1), path + "{value}", mapping);
    ArrayData.ElementGetter key = ArrayData.createElementGetter(column.getKeyType());
    ArrayData.ElementGetter value = ArrayData.createElementGetter(column.getValueType());
    return internal -> {
      MapData map = (MapData) internal;
      List<Object> allKeys = list(map.keyArray(), key, keys);
      List<Object> allValues = list(map.valueArray(), value, values);
      Map<Object, Object> result = new LinkedHashMap<>();
      for (int i = 0; i < allKeys.size(); i++) {
        result.put(allKeys.get(i), allValues.get(i));
      }
      return result;
    };
  }

  private static List<Object> list(
      ArrayData array, ArrayData.ElementGetter getter, FromInternal element) {
    List<Object> list = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      Object internal = getter.getElementOrNull(array, i);
      list.add(internal == null ? null : element.value(internal));
    }
    return list;
  }

  private static Object array(
      ArrayData array,
      ArrayData.ElementGetter getter,
      FromInternal element,
      Class<?> component,
      String path) {
    Object result = Array.newInstance(component, array.size());
    for (int i = 0; i < array.size(); i++) {
      Object internal = getter.getElementOrNull(array, i);
      if (internal != null) {
        Array.set(result, i, element.value(internal));
      } else if (component.isPrimitive()) {
        throw new UnfitValueException(
            "Column '"
                + path
                + "' has a NULL among its elements and its field is "
                + component
                + "[]. Use "
                + JavaTypes.boxed(component).getSimpleName()
                + "[] for it.");
      }
    }
    return result;
  }
}
