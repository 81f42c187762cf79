package io.fluss.format.key;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * How a type is stored in keys.
 *
 * @param width bytes of each value; {@link #VARIABLE} where they differ
 * @param precision of decimals, else 0
 * @param scale of decimals, else 0
 */
record KeyType(int width, int precision, int scale) {
  static final int VARIABLE = 0;

  static KeyType of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN, TINYINT -> fixed(Byte.BYTES);
      case SMALLINT -> fixed(Short.BYTES);
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, FLOAT -> fixed(Integer.BYTES);
      case BIGINT, DOUBLE -> fixed(Long.BYTES);
      case CHAR, VARCHAR, BINARY, VARBINARY -> fixed(VARIABLE);
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        boolean compact = DecimalData.isCompact(decimal.getPrecision());
        int width = compact ? Long.BYTES : 2 * Long.BYTES;
        yield new KeyType(width, decimal.getPrecision(), decimal.getScale());
      }
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        boolean compact = TimestampData.isCompact(LogicalTypeChecks.getPrecision(type));
        yield fixed(compact ? Long.BYTES : Long.BYTES + Integer.BYTES);
      }
      default -> throw unsupported("?", type);
    };
  }

  boolean variable() {
    return width == VARIABLE;
  }

  private static KeyType fixed(int width) {
    return new KeyType(width, 0, 0);
  }

  static IllegalArgumentException unsupported(String column, LogicalType type) {
    return new IllegalArgumentException(
        "Column '"
            + column
            + "' of type "
            + type.asSummaryString()
            + " cannot be part of the primary key. Use columns of scalar types.");
  }
}
