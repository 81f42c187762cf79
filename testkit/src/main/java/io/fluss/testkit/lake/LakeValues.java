package io.fluss.testkit.lake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Rows as lists of values that are equal where the values of the rows are. */
final class LakeValues {

  private LakeValues() {}

  static List<Object> of(RowData row, RowType type) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      Object field = RowData.createFieldGetter(type.getTypeAt(i), i).getFieldOrNull(row);
      values.add(value(field, type.getTypeAt(i)));
    }
    return values;
  }

  @Nullable
  private static Object value(@Nullable Object internal, LogicalType type) {
    if (internal == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> internal.toString();
      case BINARY, VARBINARY -> ByteBuffer.wrap(((byte[]) internal).clone());
      case ARRAY -> array((ArrayData) internal, ((ArrayType) type).getElementType());
      case MAP -> map((MapData) internal, (MapType) type);
      case ROW -> of((RowData) internal, (RowType) type);
      default -> internal;
    };
  }

  private static List<Object> array(ArrayData array, LogicalType elementType) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      elements.add(value(getter.getElementOrNull(array, i), elementType));
    }
    return elements;
  }

  private static Map<Object, Object> map(MapData map, MapType type) {
    List<Object> keys = array(map.keyArray(), type.getKeyType());
    List<Object> values = array(map.valueArray(), type.getValueType());
    Map<Object, Object> entries = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.put(keys.get(i), values.get(i));
    }
    return entries;
  }
}
