package io.fluss.format.key;

import io.fluss.format.bytes.BigEndian;
import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.bytes.Decimals;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Adds one column of a row to a key. */
@FunctionalInterface
interface KeyField {

  void append(RowData row, ByteScratch to);

  /**
   * The column at {@code pos} of the row; appending null is refused.
   *
   * @throws IllegalArgumentException where a column of this type cannot be part of a key
   */
  static KeyField of(String column, LogicalType type, int pos) {
    KeyField value = value(column, type, pos);
    return (row, to) -> {
      if (row.isNullAt(pos)) {
        throw new IllegalArgumentException(
            "Cannot write NULL into column '" + column + "', which is part of the primary key");
      }
      value.append(row, to);
    };
  }

  private static KeyField value(String column, LogicalType type, int pos) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (row, to) -> putByte(to, row.getBoolean(pos) ? 1 : 0);
      case TINYINT -> (row, to) -> putByte(to, row.getByte(pos) ^ Byte.MIN_VALUE);
      case SMALLINT -> (row, to) -> putShort(to, row.getShort(pos));
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> (row, to) -> putInt(to, row.getInt(pos));
      case BIGINT -> (row, to) -> putLong(to, row.getLong(pos));
      case FLOAT -> (row, to) -> putFloat(to, row.getFloat(pos));
      case DOUBLE -> (row, to) -> putDouble(to, row.getDouble(pos));
      case CHAR, VARCHAR ->
          (row, to) -> {
            int start = to.size();
            to.append(row.getString(pos));
            Escapes.close(to, start);
          };
      case BINARY, VARBINARY ->
          (row, to) -> {
            int start = to.size();
            to.append(row.getBinary(pos));
            Escapes.close(to, start);
          };
      case DECIMAL -> decimal(column, (DecimalType) type, pos);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(LogicalTypeChecks.getPrecision(type), pos);
      default -> throw KeyType.unsupported(column, type);
    };
  }

  private static KeyField decimal(String column, DecimalType type, int pos) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    if (DecimalData.isCompact(precision)) {
      return (row, to) -> {
        DecimalData value = row.getDecimal(pos, precision, scale);
        putLong(to, Decimals.fitted(value, precision, scale, column).toUnscaledLong());
      };
    }
    return (row, to) -> {
      DecimalData value = row.getDecimal(pos, precision, scale);
      byte[] unscaled = Decimals.fitted(value, precision, scale, column).toUnscaledBytes();
      putLong(to, Decimals.high(unscaled));
      int at = to.extend(Long.BYTES);
      BigEndian.putLong(to.bytes(), at, Decimals.low(unscaled));
    };
  }

  private static KeyField timestamp(int precision, int pos) {
    if (TimestampData.isCompact(precision)) {
      return (row, to) -> putLong(to, row.getTimestamp(pos, precision).getMillisecond());
    }
    return (row, to) -> {
      TimestampData value = row.getTimestamp(pos, precision);
      putLong(to, value.getMillisecond());
      int at = to.extend(Integer.BYTES);
      BigEndian.putInt(to.bytes(), at, value.getNanoOfMillisecond());
    };
  }

  private static void putByte(ByteScratch to, int value) {
    int at = to.extend(Byte.BYTES);
    to.bytes()[at] = (byte) value;
  }

  private static void putShort(ByteScratch to, short value) {
    int at = to.extend(Short.BYTES);
    BigEndian.putShort(to.bytes(), at, (short) (value ^ Short.MIN_VALUE));
  }

  private static void putInt(ByteScratch to, int value) {
    int at = to.extend(Integer.BYTES);
    BigEndian.putInt(to.bytes(), at, value ^ Integer.MIN_VALUE);
  }

  private static void putLong(ByteScratch to, long value) {
    int at = to.extend(Long.BYTES);
    BigEndian.putLong(to.bytes(), at, value ^ Long.MIN_VALUE);
  }

  /** Negative numbers count backwards, so all their bits turn; -0 is 0, and all NaN are one. */
  private static void putFloat(ByteScratch to, float value) {
    int bits = Float.floatToIntBits(value == 0 ? 0f : value);
    putInt(to, bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE);
  }

  private static void putDouble(ByteScratch to, double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0d : value);
    putLong(to, bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE);
  }
}
