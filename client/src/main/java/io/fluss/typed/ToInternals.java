package io.fluss.typed;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Which conversion makes a column's values of a field's. */
final class ToInternals {

  private static final ToInternal AS_IT_IS = value -> value;

  /** Stands where a problem was reported; never called. */
  private static final ToInternal NONE = AS_IT_IS;

  private ToInternals() {}

  /**
   * The conversion from a type.
   *
   * @param path of the column
   * @param mapping told where there is none
   */
  static ToInternal of(LogicalType column, Type field, String path, Mapping mapping) {
    Optional<Class<?>> raw = JavaTypes.raw(field).map(JavaTypes::boxed);
    if (raw.isEmpty()) {
      return none(column, field, path, mapping);
    }
    Class<?> type = raw.get();
    Optional<Class<?>> plain = JavaTypes.plain(column);
    if (plain.isPresent()) {
      return plain.get() == type ? ofPlain(column, path) : none(column, field, path, mapping);
    }
    return switch (column.getTypeRoot()) {
      case CHAR, VARCHAR -> {
        if (type == String.class) {
          yield value -> StringData.fromString((String) value);
        }
        yield type.isEnum()
            ? value -> StringData.fromString(((Enum<?>) value).name())
            : none(column, field, path, mapping);
      }
      case ARRAY -> ofArray((ArrayType) column, field, type, path, mapping);
      case MAP -> ofMap((MapType) column, field, type, path, mapping);
      case ROW ->
          type == Object.class || type.isArray() || type.getName().startsWith("java.")
              ? none(column, field, path, mapping)
              : ofRow((RowType) column, type, path, mapping);
      default -> none(column, field, path, mapping);
    };
  }

  private static ToInternal none(LogicalType column, Type field, String path, Mapping mapping) {
    mapping.wrongType(path, column, field);
    return NONE;
  }

  @SuppressWarnings("unchecked") // a field's values are of its class
  private static ToInternal ofRow(RowType column, Class<?> type, String path, Mapping mapping) {
    ObjectToRow<Object> nested =
        (ObjectToRow<Object>) ObjectToRow.of(type, column, column.getFieldNames(), path, mapping);
    return nested::row;
  }

  private static ToInternal ofPlain(LogicalType column, String path) {
    return switch (column.getTypeRoot()) {
      case DECIMAL -> {
        DecimalType type = (DecimalType) column;
        yield value -> decimal((BigDecimal) value, type, path);
      }
      case DATE -> value -> (int) ((LocalDate) value).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE -> value -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          value -> TimestampData.fromLocalDateTime((LocalDateTime) value);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> value -> TimestampData.fromInstant((Instant) value);
      default -> AS_IT_IS;
    };
  }

  private static DecimalData decimal(BigDecimal value, DecimalType type, String path) {
    boolean fits =
        value.scale() <= type.getScale() || value.stripTrailingZeros().scale() <= type.getScale();
    DecimalData decimal =
        fits ? DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale()) : null;
    if (decimal == null) {
      throw new UnfitValueException(
          "Column '"
              + path
              + "' is "
              + type.asSummaryString()
              + " and cannot hold "
              + value.toPlainString()
              + ". Round it, or give the column more digits.");
    }
    return decimal;
  }

  private static ToInternal ofArray(
      ArrayType column, Type field, Class<?> type, String path, Mapping mapping) {
    LogicalType elements = column.getElementType();
    String elementPath = path + "[]";
    if (type.isArray()) {
      ToInternal element = of(elements, JavaTypes.element(field), elementPath, mapping);
      return array -> {
        Object[] internals = new Object[Array.getLength(array)];
        for (int i = 0; i < internals.length; i++) {
          internals[i] = internal(Array.get(array, i), element, elements, elementPath);
        }
        return new GenericArrayData(internals);
      };
    }
    if (Collection.class.isAssignableFrom(type) && type.getTypeParameters().length == 1) {
      ToInternal element = of(elements, JavaTypes.argument(field, 0), elementPath, mapping);
      return values -> {
        Object[] internals = new Object[((Collection<?>) values).size()];
        int i = 0;
        for (Object each : (Collection<?>) values) {
          internals[i++] = internal(each, element, elements, elementPath);
        }
        return new GenericArrayData(internals);
      };
    }
    return none(column, field, path, mapping);
  }

  private static ToInternal ofMap(
      MapType column, Type field, Class<?> type, String path, Mapping mapping) {
    if (!Map.class.isAssignableFrom(type) || type.getTypeParameters().length != 2) {
      return none(column, field, path, mapping);
    }
    String keyPath = path + "{key}";
    String valuePath = path + "{value}";
    ToInternal keys = of(column.getKeyType(), JavaTypes.argument(field, 0), keyPath, mapping);
    ToInternal values = of(column.getValueType(), JavaTypes.argument(field, 1), valuePath, mapping);
    return map -> {
      Map<Object, Object> internals = new LinkedHashMap<>();
      ((Map<?, ?>) map)
          .forEach(
              (key, value) ->
                  internals.put(
                      internal(key, keys, column.getKeyType(), keyPath),
                      internal(value, values, column.getValueType(), valuePath)));
      return new GenericMapData(internals);
    };
  }

  @Nullable
  private static Object internal(
      @Nullable Object value, ToInternal conversion, LogicalType type, String path) {
    if (value != null) {
      return conversion.internal(value);
    }
    if (!type.isNullable()) {
      throw new UnfitValueException("'" + path + "' is NOT NULL and has a null. Leave it out.");
    }
    return null;
  }
}
