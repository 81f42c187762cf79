package io.fluss.write;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Puts one column of a row into its slot of the bucket key. */
@FunctionalInterface
interface PaimonKeyField {

  /** Up to this precision, a timestamp is its milliseconds alone. */
  int MAX_MILLIS_PRECISION = 3;

  /** Up to this precision, a decimal is a long. */
  int MAX_LONG_PRECISION = 18;

  void put(RowData row, PaimonKeyBytes to);

  /**
   * The column at {@code pos} of the row.
   *
   * @param slot its place in the bucket key
   * @throws IllegalArgumentException where a column of this type cannot be part of a bucket key
   */
  static PaimonKeyField of(String column, LogicalType type, int pos, int slot) {
    PaimonKeyField value =
        switch (type.getTypeRoot()) {
          case BOOLEAN -> (row, to) -> to.putLong(slot, row.getBoolean(pos) ? 1 : 0);
          case TINYINT -> (row, to) -> to.putLong(slot, row.getByte(pos) & 0xffL);
          case SMALLINT -> (row, to) -> to.putLong(slot, row.getShort(pos) & 0xffffL);
          case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE ->
              (row, to) -> to.putInt(slot, row.getInt(pos));
          case BIGINT -> (row, to) -> to.putLong(slot, row.getLong(pos));
          case FLOAT -> (row, to) -> to.putFloat(slot, row.getFloat(pos));
          case DOUBLE -> (row, to) -> to.putDouble(slot, row.getDouble(pos));
          case CHAR, VARCHAR -> (row, to) -> to.putString(slot, row.getString(pos));
          case BINARY, VARBINARY -> (row, to) -> to.putBytes(slot, row.getBinary(pos));
          case DECIMAL -> decimal((DecimalType) type, pos, slot);
          case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              timestamp(LogicalTypeChecks.getPrecision(type), pos, slot);
          default ->
              throw new IllegalArgumentException(
                  "Column '"
                      + column
                      + "' of type "
                      + type.asSummaryString()
                      + " cannot be part of the bucket key. Use columns of scalar types.");
        };
    return type.isNullable() ? nullable(type, pos, slot, value) : value;
  }

  private static PaimonKeyField nullable(
      LogicalType type, int pos, int slot, PaimonKeyField value) {
    int reserved = reservedForNull(type);
    return (row, to) -> {
      if (row.isNullAt(pos)) {
        to.putNull(slot, reserved);
      } else {
        value.put(row, to);
      }
    };
  }

  /** Bytes behind the slots that a null has too: there a value could be set in place. */
  private static int reservedForNull(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case DECIMAL ->
          LogicalTypeChecks.getPrecision(type) <= MAX_LONG_PRECISION
              ? 0
              : PaimonKeyBytes.DECIMAL_BYTES;
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          LogicalTypeChecks.getPrecision(type) <= MAX_MILLIS_PRECISION ? 0 : Long.BYTES;
      default -> 0;
    };
  }

  private static PaimonKeyField decimal(DecimalType type, int pos, int slot) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    return precision <= MAX_LONG_PRECISION
        ? (row, to) -> to.putLong(slot, row.getDecimal(pos, precision, scale).toUnscaledLong())
        : (row, to) -> to.putDecimal(slot, row.getDecimal(pos, precision, scale));
  }

  private static PaimonKeyField timestamp(int precision, int pos, int slot) {
    return precision <= MAX_MILLIS_PRECISION
        ? (row, to) -> to.putLong(slot, row.getTimestamp(pos, precision).getMillisecond())
        : (row, to) -> to.putTimestamp(slot, row.getTimestamp(pos, precision));
  }
}
