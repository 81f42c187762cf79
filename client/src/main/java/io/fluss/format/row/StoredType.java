package io.fluss.format.row;

import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * How a type is stored in values.
 *
 * @param width bytes of the slot; a value of variable width has the end of its data there
 * @param variable whether values differ in width
 * @param precision of decimals, else 0
 * @param scale of decimals, else 0
 * @param element of an array, or the keys of a map; else null
 * @param value the values of a map; else null
 * @param fields of a row; else null
 */
record StoredType(
    int width,
    boolean variable,
    int precision,
    int scale,
    @Nullable StoredType element,
    @Nullable StoredType value,
    @Nullable RowLayout fields) {

  private static final StoredType BYTES =
      new StoredType(Integer.BYTES, true, 0, 0, null, null, null);

  /**
   * @throws IllegalArgumentException where values of this type cannot be stored
   */
  static StoredType of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN, TINYINT -> fixed(Byte.BYTES);
      case SMALLINT -> fixed(Short.BYTES);
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, FLOAT -> fixed(Integer.BYTES);
      case BIGINT, DOUBLE -> fixed(Long.BYTES);
      case CHAR, VARCHAR, BINARY, VARBINARY -> BYTES;
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        boolean compact = DecimalData.isCompact(decimal.getPrecision());
        int width = compact ? Long.BYTES : 2 * Long.BYTES;
        yield new StoredType(
            width, false, decimal.getPrecision(), decimal.getScale(), null, null, null);
      }
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        boolean compact = TimestampData.isCompact(LogicalTypeChecks.getPrecision(type));
        yield fixed(compact ? Long.BYTES : Long.BYTES + Integer.BYTES);
      }
      case ARRAY -> nested(of(((ArrayType) type).getElementType()), null, null);
      case MAP ->
          nested(of(((MapType) type).getKeyType()), of(((MapType) type).getValueType()), null);
      case ROW -> nested(null, null, RowLayout.of(type.getChildren()));
      default ->
          throw new IllegalArgumentException(
              "Values of type " + type.asSummaryString() + " cannot be stored in rows.");
    };
  }

  private static StoredType fixed(int width) {
    return new StoredType(width, false, 0, 0, null, null, null);
  }

  private static StoredType nested(
      @Nullable StoredType element, @Nullable StoredType value, @Nullable RowLayout fields) {
    return new StoredType(Integer.BYTES, true, 0, 0, element, value, fields);
  }
}
