package io.fluss.client.pojo;

import io.fluss.FlussException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes rows of objects of a class, and objects of rows.
 *
 * <ul>
 *   <li>The class is a record, or has a constructor without parameters and for each property a
 *       getter and a setter, or a field that is not private. It may itself be private.
 *   <li>A property is a column of the same name, or of the same name in snake case: {@code orderId}
 *       is column {@code orderId} or {@code order_id}.
 *   <li>Values: primitives and their boxes; {@code String} or an enum for CHAR and VARCHAR; {@code
 *       byte[]}; {@code BigDecimal}; {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime};
 *       {@code Instant} for TIMESTAMP_LTZ; {@code List} or an array for ARRAY; {@code Map}; such a
 *       class again for ROW.
 * </ul>
 *
 * <p>Immutable, thread-safe.
 */
@PublicEvolving
public final class RowConverter<T> {

  private final RowType rows;
  private final ObjectAccess<T> access;

  /** By column; null where the class has no property for it. */
  private final ColumnConverter[] columns;

  private RowConverter(RowType rows, ObjectAccess<T> access, ColumnConverter[] columns) {
    this.rows = rows;
    this.access = access;
    this.columns = columns;
  }

  /**
   * A converter of a class that has all columns.
   *
   * @throws FlussException where the class does not fit the rows, with all reasons
   */
  public static <T> RowConverter<T> of(RowType rows, Class<T> type) {
    return of(rows, type, rows.getFieldNames());
  }

  /**
   * A converter of a class that has some of the columns at least: the others are null in the rows
   * that it makes.
   *
   * @throws FlussException where the class does not fit the rows, with all reasons
   */
  public static <T> RowConverter<T> of(RowType rows, Class<T> type, Collection<String> required) {
    List<String> problems = new ArrayList<>();
    Optional<RowConverter<T>> converter = of(rows, type, Set.copyOf(required), problems);
    if (converter.isEmpty() || !problems.isEmpty()) {
      throw new FlussException(
          "Class "
              + type.getName()
              + " does not fit rows of "
              + rows.asSummaryString()
              + ":\n- "
              + String.join("\n- ", problems));
    }
    return converter.get();
  }

  /** Empty, or with problems, where the class does not fit. */
  static <T> Optional<RowConverter<T>> of(
      RowType rows, Class<T> type, Set<String> required, List<String> problems) {
    Optional<ObjectAccess<T>> access = ObjectAccess.of(type, problems);
    if (access.isEmpty()) {
      return Optional.empty();
    }
    List<ObjectAccess.Property> properties = access.get().properties();
    Set<String> unused = new TreeSet<>();
    properties.forEach(p -> unused.add(p.name()));
    ColumnConverter[] columns = new ColumnConverter[rows.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      RowType.RowField column = rows.getFields().get(i);
      Optional<ObjectAccess.Property> property = find(properties, column.getName());
      if (property.isPresent()) {
        unused.remove(property.get().name());
        columns[i] = ColumnConverter.of(column, i, property.get(), problems).orElse(null);
      } else if (required.contains(column.getName())) {
        problems.add(
            "Column '" + column.getName() + "' has no property; those are " + names(properties));
      }
    }
    unused.forEach(
        name ->
            problems.add(
                "Property '" + name + "' has no column; those are " + rows.getFieldNames() + "."));
    return Optional.of(new RowConverter<>(rows, access.get(), columns));
  }

  private static List<String> names(List<ObjectAccess.Property> properties) {
    return properties.stream().map(ObjectAccess.Property::name).toList();
  }

  private static Optional<ObjectAccess.Property> find(
      List<ObjectAccess.Property> properties, String column) {
    return properties.stream()
        .filter(p -> p.name().equals(column))
        .findFirst()
        .or(() -> properties.stream().filter(p -> p.name().equals(camelCase(column))).findFirst());
  }

  private static String camelCase(String column) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : column.toCharArray()) {
      if (c == '_') {
        upper = !name.isEmpty();
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.toString();
  }

  /** Type of the rows. */
  public RowType rowType() {
    return rows;
  }

  /**
   * The row of an object.
   *
   * @throws FlussException where a value cannot be read or does not fit its column
   */
  public RowData toRow(T object) {
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      ColumnConverter column = columns[i];
      if (column != null) {
        row.setField(i, column.toInternal(object));
      }
    }
    return row;
  }

  /**
   * The object of a row. It keeps nothing of the row.
   *
   * @throws FlussException where a column is null and its property is a primitive, or the class
   *     refuses
   */
  public T fromRow(RowData row) {
    Object[] values = access.emptyValues();
    for (ColumnConverter column : columns) {
      if (column != null) {
        values[column.property().index()] = column.toExternal(row);
      }
    }
    return access.make(values);
  }

  /** One column and its property. */
  private record ColumnConverter(
      String column,
      ObjectAccess.Property property,
      ValueConverter values,
      RowData.FieldGetter getter) {

    static Optional<ColumnConverter> of(
        RowType.RowField column,
        int position,
        ObjectAccess.Property property,
        List<String> problems) {
      return ValueConverters.of(
              "Column '" + column.getName() + "'", column.getType(), property.type(), problems)
          .map(
              values ->
                  new ColumnConverter(
                      column.getName(),
                      property,
                      values,
                      RowData.createFieldGetter(column.getType().copy(true), position)));
    }

    @Nullable
    Object toInternal(Object object) {
      Object value = property.get(object);
      try {
        return value == null ? null : values.toInternal(value);
      } catch (RuntimeException e) {
        throw new FlussException(
            "Property '" + property.name() + "' does not fit column '" + column + "': " + e, e);
      }
    }

    @Nullable
    Object toExternal(RowData row) {
      Object value = getter.getFieldOrNull(row);
      if (value == null) {
        if (property.isPrimitive()) {
          throw new FlussException(
              "Column '"
                  + column
                  + "' is null in a row, and property '"
                  + property.name()
                  + "' is of the primitive type "
                  + property.type().getTypeName()
                  + ", which cannot be null. Use its box.");
        }
        return null;
      }
      return values.toExternal(value);
    }
  }
}
