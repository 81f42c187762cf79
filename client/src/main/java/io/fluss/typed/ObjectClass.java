package io.fluss.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How objects of a class are made and what fields they have. Fields are used directly, whatever
 * their visibility; no getter or setter is called. Static and transient ones are left alone.
 *
 * @param constructor of a record: with all components in order; of another class: with nothing
 * @param fields of a record: the components in order; of another class: those of its superclasses
 *     first
 */
record ObjectClass(Class<?> type, MethodHandle constructor, List<ObjectField> fields) {

  /**
   * @throws UnfitClassException where objects of the class cannot be made or looked into
   */
  static ObjectClass of(Class<?> type) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      return type.isRecord() ? ofRecord(type, lookup) : ofClass(type, lookup);
    } catch (IllegalAccessException e) {
      throw unfit(
          type,
          "Its package is closed to reflection: "
              + e.getMessage()
              + ". Open it, or use a class of your own.");
    }
  }

  boolean isRecord() {
    return type.isRecord();
  }

  /** The field that goes with a column: of its name, else of its name without '_' and case. */
  Optional<ObjectField> field(String column) {
    Optional<ObjectField> exact = fields.stream().filter(f -> f.name().equals(column)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    String squeezed = squeezed(column);
    List<ObjectField> alike =
        fields.stream().filter(f -> squeezed(f.name()).equals(squeezed)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  List<String> fieldNames() {
    return fields.stream().map(ObjectField::name).toList();
  }

  private static String squeezed(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static ObjectClass ofRecord(Class<?> type, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    RecordComponent[] components = type.getRecordComponents();
    List<ObjectField> fields = new ArrayList<>();
    for (RecordComponent component : components) {
      fields.add(
          new ObjectField(
              component.getName(),
              component.getGenericType(),
              component.getType(),
              lookup.unreflect(component.getAccessor()),
              null));
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return new ObjectClass(type, constructor(type, lookup, types), List.copyOf(fields));
  }

  private static ObjectClass ofClass(Class<?> type, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw unfit(type, "It is abstract, so that no object of it can be made.");
    }
    List<String> problems = new ArrayList<>();
    List<ObjectField> fields = new ArrayList<>();
    for (Class<?> each : withSuperclasses(type)) {
      MethodHandles.Lookup own = MethodHandles.privateLookupIn(each, lookup);
      for (Field field : each.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (Modifier.isStatic(modifiers)
            || Modifier.isTransient(modifiers)
            || field.isSynthetic()) {
          continue;
        }
        if (Modifier.isFinal(modifiers)) {
          problems.add(
              "Field '"
                  + field.getName()
                  + "' is final. Make it assignable, or the class a record.");
          continue;
        }
        fields.add(
            new ObjectField(
                field.getName(),
                field.getGenericType(),
                field.getType(),
                own.unreflectGetter(field),
                own.unreflectSetter(field)));
      }
    }
    if (!problems.isEmpty()) {
      throw new UnfitClassException(type, problems);
    }
    return new ObjectClass(type, constructor(type, lookup), List.copyOf(fields));
  }

  private static Deque<Class<?>> withSuperclasses(Class<?> type) {
    Deque<Class<?>> classes = new ArrayDeque<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      classes.addFirst(each);
    }
    return classes;
  }

  private static MethodHandle constructor(
      Class<?> type, MethodHandles.Lookup lookup, Class<?>... types) throws IllegalAccessException {
    try {
      return lookup.findConstructor(type, MethodType.methodType(void.class, types));
    } catch (NoSuchMethodException e) {
      throw unfit(
          type,
          "It has no constructor without arguments"
              + (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                  ? ", for it is an inner class. Make it static."
                  : ". Add one, or make the class a record."));
    }
  }

  private static UnfitClassException unfit(Class<?> type, String problem) {
    return new UnfitClassException(type, List.of(problem));
  }
}
