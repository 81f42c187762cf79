package io.fluss.format.arrow;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** What arrow-java sees in a batch, and what it should see, as lists of plain values. */
final class ArrowJavaValues {
  private ArrowJavaValues() {}

  static List<List<Object>> of(VectorSchemaRoot root) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < root.getRowCount(); row++) {
      List<Object> values = new ArrayList<>();
      for (FieldVector vector : root.getFieldVectors()) {
        values.add(value(vector, row));
      }
      rows.add(values);
    }
    return rows;
  }

  private static Object value(FieldVector vector, int index) {
    if (vector.isNull(index)) {
      return null;
    }
    if (vector instanceof BitVector bits) {
      return bits.get(index) == 1;
    }
    if (vector instanceof BaseIntVector ints && !(vector instanceof BigIntVector)) {
      return (int) ints.getValueAsLong(index);
    }
    if (vector instanceof BigIntVector longs) {
      return longs.get(index);
    }
    if (vector instanceof DateDayVector dates) {
      return dates.get(index);
    }
    if (vector instanceof TimeMilliVector times) {
      return times.get(index);
    }
    if (vector instanceof Float4Vector floats) {
      return floats.get(index);
    }
    if (vector instanceof Float8Vector doubles) {
      return doubles.get(index);
    }
    if (vector instanceof DecimalVector decimals) {
      return decimals.getObject(index);
    }
    if (vector instanceof TimeStampVector timestamps) {
      ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
      return type.getUnit() + "/" + type.getTimezone() + "/" + timestamps.get(index);
    }
    if (vector instanceof VarCharVector strings) {
      return strings.getObject(index).toString();
    }
    if (vector instanceof VarBinaryVector binaries) {
      return ByteBuffer.wrap(binaries.get(index));
    }
    return nested(vector, index);
  }

  private static Object nested(FieldVector vector, int index) {
    if (vector instanceof ListVector list) {
      List<Object> values = new ArrayList<>();
      for (int i = list.getElementStartIndex(index); i < list.getElementEndIndex(index); i++) {
        values.add(value(list.getDataVector(), i));
      }
      return values;
    }
    List<Object> values = new ArrayList<>();
    for (FieldVector child : ((StructVector) vector).getChildrenFromFields()) {
      values.add(value(child, index));
    }
    return values;
  }

  static List<List<Object>> expected(List<RowData> rows, RowType type) {
    List<List<Object>> expected = new ArrayList<>();
    for (RowData row : rows) {
      expected.add(expected(row, type));
    }
    return expected;
  }

  private static List<Object> expected(RowData row, RowType type) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      LogicalType fieldType = type.getTypeAt(i);
      Object value = RowData.createFieldGetter(fieldType, i).getFieldOrNull(row);
      values.add(expected(value, fieldType));
    }
    return values;
  }

  private static Object expected(Object value, LogicalType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case TINYINT, SMALLINT -> ((Number) value).intValue();
      case CHAR, VARCHAR -> value.toString();
      case BINARY, VARBINARY -> ByteBuffer.wrap((byte[]) value);
      case DECIMAL -> decimal((DecimalData) value);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp((TimestampData) value, type, "null");
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp((TimestampData) value, type, "UTC");
      case ARRAY -> elements((ArrayData) value, ((ArrayType) type).getElementType());
      case MAP -> entries((MapData) value, (MapType) type);
      case ROW -> expected((RowData) value, (RowType) type);
      default -> value;
    };
  }

  private static BigDecimal decimal(DecimalData value) {
    return value.toBigDecimal();
  }

  private static String timestamp(TimestampData value, LogicalType type, String zone) {
    int precision = LogicalTypeChecks.getPrecision(type);
    long millis = value.getMillisecond();
    int nanos = value.getNanoOfMillisecond();
    if (precision == 0) {
      return TimeUnit.SECOND + "/" + zone + "/" + millis / 1000;
    }
    if (precision <= 3) {
      return TimeUnit.MILLISECOND + "/" + zone + "/" + millis;
    }
    if (precision <= 6) {
      return TimeUnit.MICROSECOND + "/" + zone + "/" + (millis * 1000 + nanos / 1000);
    }
    return TimeUnit.NANOSECOND + "/" + zone + "/" + (millis * 1_000_000 + nanos);
  }

  private static List<Object> elements(ArrayData array, LogicalType type) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(expected(getter.getElementOrNull(array, i), type));
    }
    return values;
  }

  private static List<Object> entries(MapData map, MapType type) {
    List<Object> keys = elements(map.keyArray(), type.getKeyType());
    List<Object> values = elements(map.valueArray(), type.getValueType());
    List<Object> entries = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      List<Object> entry = new ArrayList<>();
      entry.add(keys.get(i));
      entry.add(values.get(i));
      entries.add(entry);
    }
    return entries;
  }
}
