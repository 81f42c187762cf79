package io.fluss.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows of one type as JSON objects. Thread-safe. */
public final class RowToJson {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String[] names;
  private final RowData.FieldGetter[] getters;
  private final ValueWriter[] writers;

  /** Writes a value that is not null. */
  private interface ValueWriter {
    void write(Object value, JsonGenerator json) throws IOException;
  }

  private RowToJson(RowType type, String path) {
    List<String> all = type.getFieldNames();
    names = all.toArray(String[]::new);
    getters = new RowData.FieldGetter[names.length];
    writers = new ValueWriter[names.length];
    for (int i = 0; i < names.length; i++) {
      getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
      writers[i] = writer(type.getTypeAt(i), path + names[i]);
    }
  }

  /**
   * @throws IllegalArgumentException where a column has no form in JSON
   */
  public static RowToJson of(RowType type) {
    return new RowToJson(type, "");
  }

  /** Writes the row as an object. */
  public void write(RowData row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < names.length; i++) {
      json.writeFieldName(names[i]);
      write(getters[i].getFieldOrNull(row), writers[i], json);
    }
    json.writeEndObject();
  }

  private static void write(Object value, ValueWriter writer, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      writer.write(value, json);
    }
  }

  private static ValueWriter writer(LogicalType type, String path) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (value, json) -> json.writeBoolean((boolean) value);
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          (value, json) -> json.writeNumber(((Number) value).longValue());
      case FLOAT -> (value, json) -> json.writeNumber((float) value);
      case DOUBLE -> (value, json) -> json.writeNumber((double) value);
      case DECIMAL -> (value, json) -> json.writeNumber(((DecimalData) value).toBigDecimal());
      case CHAR, VARCHAR -> (value, json) -> json.writeString(value.toString());
      case BINARY, VARBINARY -> (value, json) -> json.writeBinary((byte[]) value);
      case DATE -> (value, json) -> json.writeString(LocalDate.ofEpochDay((int) value).toString());
      case TIME_WITHOUT_TIME_ZONE ->
          (value, json) ->
              json.writeString(LocalTime.ofNanoOfDay((int) value * NANOS_PER_MILLI).toString());
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          (value, json) -> json.writeString(((TimestampData) value).toLocalDateTime().toString());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          (value, json) -> json.writeString(((TimestampData) value).toInstant().toString());
      case ARRAY -> arrayWriter((ArrayType) type, path);
      case MAP -> mapWriter((MapType) type, path);
      case ROW -> {
        RowToJson nested = new RowToJson((RowType) type, path + ".");
        yield (value, json) -> nested.write((RowData) value, json);
      }
      default -> throw JsonTypes.unsupported(type, path);
    };
  }

  private static ValueWriter arrayWriter(ArrayType type, String path) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.getElementType());
    ValueWriter element = writer(type.getElementType(), path + "[]");
    return (value, json) -> {
      ArrayData array = (ArrayData) value;
      json.writeStartArray();
      for (int i = 0; i < array.size(); i++) {
        write(getter.getElementOrNull(array, i), element, json);
      }
      json.writeEndArray();
    };
  }

  private static ValueWriter mapWriter(MapType type, String path) {
    JsonTypes.requireTextKeys(type, path);
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.getValueType());
    ValueWriter writer = writer(type.getValueType(), path + "{}");
    return (value, json) -> {
      ArrayData keys = ((MapData) value).keyArray();
      ArrayData values = ((MapData) value).valueArray();
      json.writeStartObject();
      for (int i = 0; i < keys.size(); i++) {
        json.writeFieldName(keys.getString(i).toString());
        write(getter.getElementOrNull(values, i), writer, json);
      }
      json.writeEndObject();
    };
  }
}
