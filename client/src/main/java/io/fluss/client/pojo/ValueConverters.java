package io.fluss.client.pojo;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Finds the converter of a column's type and a Java type. */
final class ValueConverters {

  private static final int NANOS_PER_MILLI = 1_000_000;

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private ValueConverters() {}

  /** A converter between functions of classes that are known. */
  private record Simple(Function<Object, Object> in, Function<Object, Object> out)
      implements ValueConverter {

    static <E, I> ValueConverter of(
        Class<E> external, Class<I> internal, Function<E, I> in, Function<I, E> out) {
      return new Simple(
          value -> in.apply(external.cast(value)), value -> out.apply(internal.cast(value)));
    }

    static ValueConverter same() {
      return new Simple(Function.identity(), Function.identity());
    }

    @Override
    public Object toInternal(Object external) {
      return in.apply(external);
    }

    @Override
    public Object toExternal(Object internal) {
      return out.apply(internal);
    }
  }

  /**
   * @param place of the value, as a sentence begins
   * @param problems is given why there is none
   */
  static Optional<ValueConverter> of(
      String place, LogicalType column, Type java, List<String> problems) {
    int before = problems.size();
    Optional<ValueConverter> found = find(place, column, java, problems);
    if (found.isEmpty() && problems.size() == before) {
      problems.add(
          place
              + " is "
              + column.asSummaryString()
              + ", which is no "
              + java.getTypeName()
              + "; use "
              + wanted(column)
              + ".");
    }
    return found;
  }

  private static Optional<ValueConverter> find(
      String place, LogicalType column, Type java, List<String> problems) {
    Class<?> type = raw(java);
    if (type == null) {
      return Optional.empty();
    }
    return switch (column.getTypeRoot()) {
      case BOOLEAN -> same(type, Boolean.class);
      case TINYINT -> same(type, Byte.class);
      case SMALLINT -> same(type, Short.class);
      case INTEGER -> same(type, Integer.class);
      case BIGINT -> same(type, Long.class);
      case FLOAT -> same(type, Float.class);
      case DOUBLE -> same(type, Double.class);
      case BINARY, VARBINARY -> same(type, byte[].class);
      case CHAR, VARCHAR -> text(type);
      case DECIMAL -> only(type, BigDecimal.class, () -> decimal((DecimalType) column));
      case DATE -> only(type, LocalDate.class, ValueConverters::date);
      case TIME_WITHOUT_TIME_ZONE -> only(type, LocalTime.class, ValueConverters::time);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          only(
              type,
              LocalDateTime.class,
              () ->
                  Simple.of(
                      LocalDateTime.class,
                      TimestampData.class,
                      TimestampData::fromLocalDateTime,
                      TimestampData::toLocalDateTime));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          only(
              type,
              Instant.class,
              () ->
                  Simple.of(
                      Instant.class,
                      TimestampData.class,
                      TimestampData::fromInstant,
                      TimestampData::toInstant));
      case ARRAY -> array(place, (ArrayType) column, java, type, problems);
      case MAP -> map(place, (MapType) column, java, problems);
      case ROW -> row(place, (RowType) column, type, problems);
      default -> Optional.empty();
    };
  }

  private static String wanted(LogicalType column) {
    return switch (column.getTypeRoot()) {
      case BOOLEAN -> "boolean or Boolean";
      case TINYINT -> "byte or Byte";
      case SMALLINT -> "short or Short";
      case INTEGER -> "int or Integer";
      case BIGINT -> "long or Long";
      case FLOAT -> "float or Float";
      case DOUBLE -> "double or Double";
      case BINARY, VARBINARY -> "byte[]";
      case CHAR, VARCHAR -> "String or an enum";
      case DECIMAL -> "java.math.BigDecimal";
      case DATE -> "java.time.LocalDate";
      case TIME_WITHOUT_TIME_ZONE -> "java.time.LocalTime";
      case TIMESTAMP_WITHOUT_TIME_ZONE -> "java.time.LocalDateTime";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "java.time.Instant";
      case ARRAY -> "java.util.List or an array";
      case MAP -> "java.util.Map";
      case ROW -> "a class with a property for each field";
      default -> "rows of RowData";
    };
  }

  @Nullable
  private static Class<?> raw(Type java) {
    if (java instanceof Class<?> c) {
      return BOXES.getOrDefault(c, c);
    }
    return java instanceof ParameterizedType p ? (Class<?>) p.getRawType() : null;
  }

  private static Optional<ValueConverter> same(Class<?> type, Class<?> wanted) {
    return only(type, wanted, Simple::same);
  }

  private static Optional<ValueConverter> only(
      Class<?> type, Class<?> wanted, java.util.function.Supplier<ValueConverter> converter) {
    return type == wanted ? Optional.of(converter.get()) : Optional.empty();
  }

  private static Optional<ValueConverter> text(Class<?> type) {
    if (type.isEnum()) {
      Map<String, Object> constants = new HashMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
      return Optional.of(
          new Simple(
              value -> StringData.fromString(((Enum<?>) value).name()),
              text -> {
                Object constant = constants.get(text.toString());
                if (constant == null) {
                  throw new io.fluss.FlussException(
                      "'" + text + "' is no constant of enum " + type.getName() + ".");
                }
                return constant;
              }));
    }
    return only(
        type,
        String.class,
        () ->
            Simple.of(
                String.class, StringData.class, StringData::fromString, StringData::toString));
  }

  private static ValueConverter decimal(DecimalType type) {
    return Simple.of(
        BigDecimal.class,
        DecimalData.class,
        value -> {
          DecimalData decimal =
              DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale());
          if (decimal == null) {
            throw new IllegalArgumentException(value + " does not fit " + type.asSummaryString());
          }
          return decimal;
        },
        DecimalData::toBigDecimal);
  }

  private static ValueConverter date() {
    return Simple.of(
        LocalDate.class,
        Integer.class,
        date -> Math.toIntExact(date.toEpochDay()),
        days -> LocalDate.ofEpochDay(days));
  }

  private static ValueConverter time() {
    return Simple.of(
        LocalTime.class,
        Integer.class,
        time -> (int) (time.toNanoOfDay() / NANOS_PER_MILLI),
        millis -> LocalTime.ofNanoOfDay((long) millis * NANOS_PER_MILLI));
  }

  private static Optional<ValueConverter> array(
      String place, ArrayType column, Type java, Class<?> type, List<String> problems) {
    Type element;
    if (type.isArray()) {
      element = type.getComponentType();
    } else if (type == List.class && java instanceof ParameterizedType p) {
      element = p.getActualTypeArguments()[0];
    } else {
      return Optional.empty();
    }
    ArrayData.ElementGetter getter =
        ArrayData.createElementGetter(column.getElementType().copy(true));
    return of("An element of " + uncapitalized(place), column.getElementType(), element, problems)
        .map(
            values ->
                type.isArray()
                    ? new Simple(
                        array -> arrayOf(elements(array), values),
                        data -> javaArray(type, (ArrayData) data, getter, values))
                    : new Simple(
                        list -> arrayOf(((List<?>) list).toArray(), values),
                        data -> javaList((ArrayData) data, getter, values)));
  }

  private static Object[] elements(Object array) {
    Object[] elements = new Object[Array.getLength(array)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Array.get(array, i);
    }
    return elements;
  }

  private static GenericArrayData arrayOf(Object[] elements, ValueConverter values) {
    Object[] internal = new Object[elements.length];
    for (int i = 0; i < internal.length; i++) {
      internal[i] = elements[i] == null ? null : values.toInternal(elements[i]);
    }
    return new GenericArrayData(internal);
  }

  private static List<Object> javaList(
      ArrayData data, ArrayData.ElementGetter getter, ValueConverter values) {
    List<Object> list = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      Object element = getter.getElementOrNull(data, i);
      list.add(element == null ? null : values.toExternal(element));
    }
    return list;
  }

  private static Object javaArray(
      Class<?> type, ArrayData data, ArrayData.ElementGetter getter, ValueConverter values) {
    List<Object> list = javaList(data, getter, values);
    Object array = Array.newInstance(type.getComponentType(), list.size());
    for (int i = 0; i < list.size(); i++) {
      Array.set(array, i, list.get(i));
    }
    return array;
  }

  private static Optional<ValueConverter> map(
      String place, MapType column, Type java, List<String> problems) {
    if (!(java instanceof ParameterizedType p) || p.getRawType() != Map.class) {
      return Optional.empty();
    }
    Optional<ValueConverter> keys =
        of(
            "A key of " + uncapitalized(place),
            column.getKeyType(),
            p.getActualTypeArguments()[0],
            problems);
    Optional<ValueConverter> values =
        of(
            "A value of " + uncapitalized(place),
            column.getValueType(),
            p.getActualTypeArguments()[1],
            problems);
    ArrayData.ElementGetter keyGetter =
        ArrayData.createElementGetter(column.getKeyType().copy(true));
    ArrayData.ElementGetter valueGetter =
        ArrayData.createElementGetter(column.getValueType().copy(true));
    return keys.flatMap(
        k ->
            values.map(
                v ->
                    new Simple(
                        map -> mapOf((Map<?, ?>) map, k, v),
                        data -> javaMap((MapData) data, keyGetter, valueGetter, k, v))));
  }

  private static GenericMapData mapOf(Map<?, ?> map, ValueConverter keys, ValueConverter values) {
    Map<Object, Object> internal = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            internal.put(keys.toInternal(key), value == null ? null : values.toInternal(value)));
    return new GenericMapData(internal);
  }

  private static Map<Object, Object> javaMap(
      MapData data,
      ArrayData.ElementGetter keyGetter,
      ArrayData.ElementGetter valueGetter,
      ValueConverter keys,
      ValueConverter values) {
    List<Object> keyList = javaList(data.keyArray(), keyGetter, keys);
    List<Object> valueList = javaList(data.valueArray(), valueGetter, values);
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keyList.size(); i++) {
      map.put(keyList.get(i), valueList.get(i));
    }
    return map;
  }

  private static <T> Optional<ValueConverter> row(
      String place, RowType column, Class<T> type, List<String> problems) {
    List<String> inside = new ArrayList<>();
    Optional<RowConverter<T>> converter =
        RowConverter.of(column, type, Set.copyOf(column.getFieldNames()), inside);
    inside.forEach(problem -> problems.add(place + ": " + problem));
    return converter.map(
        rows ->
            new Simple(value -> rows.toRow(type.cast(value)), row -> rows.fromRow((RowData) row)));
  }

  private static String uncapitalized(String place) {
    return Character.toLowerCase(place.charAt(0)) + place.substring(1);
  }
}
