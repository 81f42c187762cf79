package io.fluss.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluss.FlussException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes rows of JSON objects. A column without a field is NULL; a field that is no column is
 * refused, for it is likely a column misspelt. Thread-safe.
 */
public final class JsonToRow {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final List<String> names;
  private final Column[] columns;

  private record Column(String path, LogicalType type, ValueReader reader) {

    @Nullable
    Object value(@Nullable JsonNode node) {
      if (node == null || node.isNull()) {
        if (!type.isNullable()) {
          throw new FlussException(
              "Column '" + path + "' is NOT NULL and the JSON has no value for it.");
        }
        return null;
      }
      try {
        Object value = reader.read(node);
        if (value != null) {
          return value;
        }
      } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
        // told below, with the value
      }
      throw new FlussException(
          "Column '" + path + "' is " + type.asSummaryString() + " and cannot be " + node + ".");
    }
  }

  /** Reads what is not null; null where it is not of the type. */
  private interface ValueReader {
    @Nullable
    Object read(JsonNode node);
  }

  private JsonToRow(RowType type, Collection<String> wanted, String path) {
    names = type.getFieldNames();
    columns = new Column[names.size()];
    for (int i = 0; i < columns.length; i++) {
      if (wanted.contains(names.get(i))) {
        columns[i] = column(type.getTypeAt(i), path + names.get(i));
      }
    }
  }

  /**
   * @param columns that are read; the others are NULL in the rows
   * @throws IllegalArgumentException where one has no form in JSON
   */
  public static JsonToRow of(RowType type, Collection<String> columns) {
    return new JsonToRow(type, columns, "");
  }

  /**
   * The row of an object, an insert.
   *
   * @throws FlussException where it is no object, has a field that is no column, or a value of
   *     another type than its column's
   */
  public GenericRowData row(JsonNode object) {
    if (!object.isObject()) {
      throw new FlussException("A row is a JSON object, not " + object + ".");
    }
    GenericRowData row = new GenericRowData(columns.length);
    int found = 0;
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != null) {
        JsonNode node = object.get(names.get(i));
        found += node == null ? 0 : 1;
        row.setField(i, columns[i].value(node));
      }
    }
    if (found < object.size()) {
      throw unknownField(object);
    }
    return row;
  }

  private FlussException unknownField(JsonNode object) {
    List<String> known =
        names.stream().filter(name -> columns[names.indexOf(name)] != null).toList();
    List<String> unknown =
        object.properties().stream()
            .map(Map.Entry::getKey)
            .filter(n -> !known.contains(n))
            .toList();
    return new FlussException(
        "The JSON has fields "
            + unknown
            + ", which are none of the columns written, "
            + known
            + ".");
  }

  private static Column column(LogicalType type, String path) {
    return new Column(path, type, reader(type, path));
  }

  private static ValueReader reader(LogicalType type, String path) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> node -> node.isBoolean() ? (Object) node.booleanValue() : null;
      case TINYINT -> node -> node.isIntegralNumber() ? exact(node).byteValueExact() : null;
      case SMALLINT -> node -> node.isIntegralNumber() ? exact(node).shortValueExact() : null;
      case INTEGER -> node -> node.isIntegralNumber() ? exact(node).intValueExact() : null;
      case BIGINT -> node -> node.isIntegralNumber() ? exact(node).longValueExact() : null;
      case FLOAT -> node -> node.isNumber() || node.isTextual() ? floatOf(node) : null;
      case DOUBLE -> node -> node.isNumber() || node.isTextual() ? doubleOf(node) : null;
      case DECIMAL -> node -> node.isNumber() ? decimal(exact(node), (DecimalType) type) : null;
      case CHAR, VARCHAR ->
          node -> node.isTextual() ? StringData.fromString(node.textValue()) : null;
      case BINARY, VARBINARY ->
          node -> node.isTextual() ? Base64.getDecoder().decode(node.textValue()) : null;
      case DATE ->
          node -> node.isTextual() ? (int) LocalDate.parse(node.textValue()).toEpochDay() : null;
      case TIME_WITHOUT_TIME_ZONE ->
          node ->
              node.isTextual()
                  ? (int) (LocalTime.parse(node.textValue()).toNanoOfDay() / NANOS_PER_MILLI)
                  : null;
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          node ->
              node.isTextual()
                  ? TimestampData.fromLocalDateTime(LocalDateTime.parse(node.textValue()))
                  : null;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          node ->
              node.isTextual() ? TimestampData.fromInstant(Instant.parse(node.textValue())) : null;
      case ARRAY -> arrayReader((ArrayType) type, path);
      case MAP -> mapReader((MapType) type, path);
      case ROW -> {
        RowType row = (RowType) type;
        JsonToRow nested = new JsonToRow(row, row.getFieldNames(), path + ".");
        yield node -> node.isObject() ? nested.row(node) : null;
      }
      default -> throw JsonTypes.unsupported(type, path);
    };
  }

  private static BigDecimal exact(JsonNode node) {
    return node.decimalValue();
  }

  private static Float floatOf(JsonNode node) {
    return node.isNumber() ? (Float) node.floatValue() : (Float) (float) special(node);
  }

  private static Double doubleOf(JsonNode node) {
    return node.isNumber() ? (Double) node.doubleValue() : (Double) special(node);
  }

  private static double special(JsonNode node) {
    return switch (node.textValue()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException();
    };
  }

  @Nullable
  private static DecimalData decimal(BigDecimal value, DecimalType type) {
    return value.scale() <= type.getScale() || value.stripTrailingZeros().scale() <= type.getScale()
        ? DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale())
        : null;
  }

  private static ValueReader arrayReader(ArrayType type, String path) {
    Column element = column(type.getElementType(), path + "[]");
    return node -> {
      if (!node.isArray()) {
        return null;
      }
      Object[] elements = new Object[node.size()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = element.value(node.get(i));
      }
      return new GenericArrayData(elements);
    };
  }

  private static ValueReader mapReader(MapType type, String path) {
    JsonTypes.requireTextKeys(type, path);
    Column values = column(type.getValueType(), path + "{}");
    return node -> {
      if (!node.isObject()) {
        return null;
      }
      Map<Object, Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        map.put(StringData.fromString(entry.getKey()), values.value(entry.getValue()));
      }
      return new GenericMapData(map);
    };
  }
}
