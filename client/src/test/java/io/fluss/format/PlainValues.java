package io.fluss.format;

import io.fluss.format.arrow.ArrowRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Rows of any implementation as lists of plain values, which can be compared. */
public final class PlainValues {
  private PlainValues() {}

  public static List<List<Object>> of(List<RowData> rows, RowType type) {
    List<List<Object>> plain = new ArrayList<>();
    for (RowData row : rows) {
      plain.add(of(row, type));
    }
    return plain;
  }

  public static List<List<Object>> of(ArrowRows rows, RowType type) {
    List<RowData> list = new ArrayList<>();
    for (int i = 0; i < rows.rowCount(); i++) {
      list.add(rows.row(i));
    }
    return of(list, type);
  }

  public static List<Object> of(RowData row, RowType type) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      LogicalType fieldType = type.getTypeAt(i);
      RowData.FieldGetter getter = RowData.createFieldGetter(fieldType, i);
      values.add(plain(getter.getFieldOrNull(row), fieldType));
    }
    return values;
  }

  private static Object plain(Object value, LogicalType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> value.toString();
      case BINARY, VARBINARY -> ByteBuffer.wrap((byte[]) value);
      case ARRAY -> plain((ArrayData) value, ((ArrayType) type).getElementType());
      case MAP -> {
        MapData map = (MapData) value;
        MapType mapType = (MapType) type;
        yield List.of(
            plain(map.keyArray(), mapType.getKeyType()),
            plain(map.valueArray(), mapType.getValueType()));
      }
      case ROW -> of((RowData) value, (RowType) type);
      default -> value;
    };
  }

  private static List<Object> plain(ArrayData array, LogicalType elementType) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(plain(getter.getElementOrNull(array, i), elementType));
    }
    return values;
  }
}
