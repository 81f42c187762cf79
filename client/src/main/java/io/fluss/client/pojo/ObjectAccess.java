package io.fluss.client.pojo;

import io.fluss.FlussException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/** Makes objects of a class of values of its properties, and reads these. Immutable. */
final class ObjectAccess<T> {

  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodType SETTER =
      MethodType.methodType(void.class, Object.class, Object.class);

  private static final Map<Class<?>, Object> ZEROS =
      Map.of(
          boolean.class,
          false,
          byte.class,
          (byte) 0,
          short.class,
          (short) 0,
          int.class,
          0,
          long.class,
          0L,
          float.class,
          0f,
          double.class,
          0d,
          char.class,
          (char) 0);

  private final Class<T> type;
  private final List<Property> properties;

  /** From all values at once for a record; from none otherwise. */
  private final MethodHandle constructor;

  private ObjectAccess(Class<T> type, List<Property> properties, MethodHandle constructor) {
    this.type = type;
    this.properties = properties;
    this.constructor = constructor;
  }

  /**
   * A property.
   *
   * @param index counts them
   * @param setter null in a record
   */
  record Property(
      int index, String name, Type type, MethodHandle getter, @Nullable MethodHandle setter) {

    boolean isPrimitive() {
      return type instanceof Class<?> c && c.isPrimitive();
    }

    @Nullable
    Object get(Object object) {
      try {
        return (Object) getter.invokeExact(object);
      } catch (Throwable e) {
        throw failure("read property '" + name + "' of " + object.getClass().getName(), e);
      }
    }
  }

  /** Empty, with a problem more, where the class cannot be used. */
  static <T> Optional<ObjectAccess<T>> of(Class<T> type, List<String> problems) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      return Optional.of(type.isRecord() ? ofRecord(type, lookup) : ofBean(type, lookup));
    } catch (NoSuchMethodException e) {
      problems.add(
          "Class "
              + type.getName()
              + " is no record and has no constructor without parameters, so no object of it can be"
              + " made.");
    } catch (IllegalAccessException e) {
      problems.add(
          "Class "
              + type.getName()
              + " cannot be looked into: "
              + e.getMessage()
              + ". Open its package to this module.");
    }
    return Optional.empty();
  }

  private static <T> ObjectAccess<T> ofRecord(Class<T> type, MethodHandles.Lookup lookup)
      throws NoSuchMethodException, IllegalAccessException {
    RecordComponent[] components = type.getRecordComponents();
    List<Property> properties = new ArrayList<>();
    for (RecordComponent component : components) {
      properties.add(
          new Property(
              properties.size(),
              component.getName(),
              component.getGenericType(),
              lookup.unreflect(component.getAccessor()).asType(GETTER),
              null));
    }
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    MethodHandle constructor =
        lookup
            .findConstructor(type, MethodType.methodType(void.class, parameters))
            .asSpreader(Object[].class, parameters.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
    return new ObjectAccess<>(type, List.copyOf(properties), constructor);
  }

  private static <T> ObjectAccess<T> ofBean(Class<T> type, MethodHandles.Lookup lookup)
      throws NoSuchMethodException, IllegalAccessException {
    if (type.isInterface() || type.isArray() || type.isEnum() || type.isPrimitive()) {
      throw new NoSuchMethodException();
    }
    MethodHandle constructor =
        lookup
            .findConstructor(type, MethodType.methodType(void.class))
            .asType(MethodType.methodType(Object.class));
    List<Property> properties = new ArrayList<>();
    for (Field field : fields(type).values()) {
      MethodHandle getter = getter(type, field, lookup);
      MethodHandle setter = setter(type, field, lookup);
      if (getter != null && setter != null) {
        properties.add(
            new Property(
                properties.size(), field.getName(), field.getGenericType(), getter, setter));
      }
    }
    return new ObjectAccess<>(type, List.copyOf(properties), constructor);
  }

  /** Of the class and those it extends, by name. */
  private static Map<String, Field> fields(Class<?> type) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())
            && !field.isSynthetic()) {
          fields.putIfAbsent(field.getName(), field);
        }
      }
    }
    return fields;
  }

  @Nullable
  private static MethodHandle getter(Class<?> type, Field field, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    String name = capitalized(field.getName());
    for (String method : List.of("get" + name, "is" + name, field.getName())) {
      Method found = method(type, method);
      if (found != null && found.getReturnType() == field.getType()) {
        return lookup.unreflect(found).asType(GETTER);
      }
    }
    return Modifier.isPrivate(field.getModifiers())
        ? null
        : lookup.unreflectGetter(field).asType(GETTER);
  }

  @Nullable
  private static MethodHandle setter(Class<?> type, Field field, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    Method found = method(type, "set" + capitalized(field.getName()), field.getType());
    if (found != null) {
      return lookup.unreflect(found).asType(SETTER);
    }
    return Modifier.isPrivate(field.getModifiers()) || Modifier.isFinal(field.getModifiers())
        ? null
        : lookup.unreflectSetter(field).asType(SETTER);
  }

  @Nullable
  private static Method method(Class<?> type, String name, Class<?>... parameters) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      try {
        Method found = c.getDeclaredMethod(name, parameters);
        if (!Modifier.isStatic(found.getModifiers()) && !Modifier.isPrivate(found.getModifiers())) {
          return found;
        }
      } catch (NoSuchMethodException e) {
        // perhaps the class above has it
      }
    }
    return null;
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  List<Property> properties() {
    return properties;
  }

  /** Values of all properties, before any of them is known. */
  Object[] emptyValues() {
    Object[] values = new Object[properties.size()];
    for (Property property : properties) {
      if (property.isPrimitive()) {
        values[property.index()] = ZEROS.get((Class<?>) property.type());
      }
    }
    return values;
  }

  T make(Object[] values) {
    try {
      if (type.isRecord()) {
        return type.cast((Object) constructor.invokeExact(values));
      }
      Object object = (Object) constructor.invokeExact();
      for (Property property : properties) {
        property.setter().invokeExact(object, values[property.index()]);
      }
      return type.cast(object);
    } catch (Throwable e) {
      throw failure("make an object of class " + type.getName(), e);
    }
  }

  private static FlussException failure(String what, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new FlussException("Could not " + what + ": " + cause, cause);
  }
}
