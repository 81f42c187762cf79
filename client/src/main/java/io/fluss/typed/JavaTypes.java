package io.fluss.typed;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;

/** The Java types of fields and what goes with them. */
final class JavaTypes {

  private JavaTypes() {}

  /** The one Java class of a column type's values; empty where there are several, or none. */
  static Optional<Class<?>> plain(LogicalType type) {
    return Optional.ofNullable(
        switch (type.getTypeRoot()) {
          case BOOLEAN -> Boolean.class;
          case TINYINT -> Byte.class;
          case SMALLINT -> Short.class;
          case INTEGER -> Integer.class;
          case BIGINT -> Long.class;
          case FLOAT -> Float.class;
          case DOUBLE -> Double.class;
          case DECIMAL -> BigDecimal.class;
          case BINARY, VARBINARY -> byte[].class;
          case DATE -> LocalDate.class;
          case TIME_WITHOUT_TIME_ZONE -> LocalTime.class;
          case TIMESTAMP_WITHOUT_TIME_ZONE -> LocalDateTime.class;
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Instant.class;
          default -> null;
        });
  }

  /** What a field may be that holds values of a column type, for messages. */
  static String allowed(LogicalType type) {
    Optional<Class<?>> plain = plain(type);
    if (plain.isPresent()) {
      Class<?> primitive = MethodType.methodType(plain.get()).unwrap().returnType();
      return primitive == plain.get() || type.isNullable()
          ? plain.get().getSimpleName()
          : primitive.getSimpleName() + " or " + plain.get().getSimpleName();
    }
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> "String or an enum";
      case ARRAY -> "a List<...> or an array";
      case MAP, MULTISET -> "a Map<..., ...>";
      case ROW -> "a record or a class with a constructor without arguments";
      default -> "nothing, for values of this type have no class here; leave the column out";
    };
  }

  /** The class of a type without its type arguments; empty for a type variable. */
  static Optional<Class<?>> raw(Type type) {
    if (type instanceof Class<?> raw) {
      return Optional.of(raw);
    }
    if (type instanceof ParameterizedType parameterized) {
      return raw(parameterized.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      return raw(array.getGenericComponentType()).map(Class::arrayType);
    }
    return Optional.empty();
  }

  /** The same class for {@code long} and {@code Long}. */
  static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /** The type argument at an index; {@link Object} where none is given. */
  static Type argument(Type type, int index) {
    if (type instanceof WildcardType wildcard) {
      return argument(wildcard.getUpperBounds()[0], index);
    }
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[index]
        : Object.class;
  }

  /** Of the elements of an array. */
  static Type element(Type array) {
    if (array instanceof GenericArrayType generic) {
      return generic.getGenericComponentType();
    }
    return raw(array).orElseThrow().getComponentType();
  }
}
