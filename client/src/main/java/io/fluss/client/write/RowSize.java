package io.fluss.client.write;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.binary.BinarySection;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How many bytes a row takes in a record, about and without encoding it: never less than a third,
 * since text is counted in characters where it is not encoded yet. Whatever class the row has, and
 * however deep its values are. No allocation for rows of Flink's generic and binary classes.
 * Thread-safe.
 */
final class RowSize {

  /** Where a value lies in an array or beside others. */
  private static final int OFFSET_BYTES = 4;

  private final long fixedBytes;
  private final int[] columns;
  private final RowData.FieldGetter[] getters;
  private final ValueSize[] sizes;

  /** Bytes of a value whose type does not tell. */
  @FunctionalInterface
  private interface ValueSize {

    /**
     * @param value not null
     */
    long of(Object value);
  }

  RowSize(RowType type) {
    int[] varying = new int[type.getFieldCount()];
    int count = 0;
    long fixed = 0;
    for (int i = 0; i < varying.length; i++) {
      fixed += bytes(type.getTypeAt(i));
      if (isVarying(type.getTypeAt(i))) {
        varying[count++] = i;
      }
    }
    this.fixedBytes = fixed;
    this.columns = java.util.Arrays.copyOf(varying, count);
    this.getters = new RowData.FieldGetter[count];
    this.sizes = new ValueSize[count];
    for (int i = 0; i < count; i++) {
      LogicalType column = type.getTypeAt(columns[i]);
      getters[i] = RowData.createFieldGetter(column, columns[i]);
      sizes[i] = sizeOf(column);
    }
  }

  /**
   * @throws ClassCastException where a value is none of its column's type
   */
  long bytes(RowData row) {
    if (row instanceof BinaryRowData binary) {
      return binary.getSizeInBytes();
    }
    long bytes = fixedBytes;
    if (row instanceof GenericRowData generic) {
      for (int i = 0; i < columns.length; i++) {
        Object value = generic.getField(columns[i]);
        bytes += value == null ? 0 : sizes[i].of(value);
      }
      return bytes;
    }
    for (int i = 0; i < columns.length; i++) {
      Object value = getters[i].getFieldOrNull(row);
      bytes += value == null ? 0 : sizes[i].of(value);
    }
    return bytes;
  }

  private static boolean isVarying(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR, BINARY, VARBINARY, ARRAY, MAP, MULTISET, ROW -> true;
      default -> false;
    };
  }

  private static long bytes(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN, TINYINT -> 1;
      case SMALLINT -> 2;
      case INTEGER, FLOAT, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> 4;
      case BIGINT, DOUBLE, INTERVAL_DAY_TIME -> 8;
      case CHAR, VARCHAR, BINARY, VARBINARY, ARRAY, MAP, MULTISET, ROW -> OFFSET_BYTES;
      default -> 16;
    };
  }

  private static ValueSize sizeOf(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> value -> text((StringData) value);
      case BINARY, VARBINARY -> value -> ((byte[]) value).length;
      case ARRAY -> ofBinaryOr(ofArray(((ArrayType) type).getElementType()));
      case MAP -> ofBinaryOr(ofMap(((MapType) type).getKeyType(), ((MapType) type).getValueType()));
      case MULTISET ->
          ofBinaryOr(ofMap(((MultisetType) type).getElementType(), new IntType(false)));
      case ROW -> {
        RowSize nested = new RowSize((RowType) type);
        yield ofBinaryOr(value -> nested.bytes((RowData) value));
      }
      default -> value -> 0;
    };
  }

  private static ValueSize ofBinaryOr(ValueSize other) {
    return value ->
        value instanceof BinarySection binary ? binary.getSizeInBytes() : other.of(value);
  }

  private static long text(StringData text) {
    if (!(text instanceof BinaryStringData binary)) {
      return text.toBytes().length;
    }
    return binary.getJavaObject() != null && binary.getBinarySection() == null
        ? binary.getJavaObject().length()
        : binary.getSizeInBytes();
  }

  private static ValueSize ofArray(LogicalType element) {
    long each = bytes(element);
    if (!isVarying(element)) {
      return value -> ((ArrayData) value).size() * each;
    }
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(element);
    ValueSize size = sizeOf(element);
    return value -> {
      ArrayData array = (ArrayData) value;
      long bytes = array.size() * each;
      for (int i = 0; i < array.size(); i++) {
        Object found = getter.getElementOrNull(array, i);
        bytes += found == null ? 0 : size.of(found);
      }
      return bytes;
    };
  }

  private static ValueSize ofMap(LogicalType key, LogicalType value) {
    ValueSize keys = ofArray(key);
    ValueSize values = ofArray(value);
    return map -> keys.of(((MapData) map).keyArray()) + values.of(((MapData) map).valueArray());
  }
}
