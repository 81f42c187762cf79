package io.fluss.write;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Adds one column of a row to the bytes of the bucket key. */
@FunctionalInterface
interface BucketKeyField {

  void append(RowData row, BucketKeyBytes to);

  /**
   * The column at {@code pos} of the row.
   *
   * @throws IllegalArgumentException where a column of this type cannot be part of a bucket key
   */
  static BucketKeyField of(String column, LogicalType type, int pos) {
    BucketKeyField value =
        switch (type.getTypeRoot()) {
          case BOOLEAN -> (row, to) -> to.putBoolean(row.getBoolean(pos));
          case TINYINT -> (row, to) -> to.putLong(row.getByte(pos));
          case SMALLINT -> (row, to) -> to.putLong(row.getShort(pos));
          case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> (row, to) -> to.putLong(row.getInt(pos));
          case BIGINT -> (row, to) -> to.putLong(row.getLong(pos));
          case FLOAT -> (row, to) -> to.putDouble(row.getFloat(pos));
          case DOUBLE -> (row, to) -> to.putDouble(row.getDouble(pos));
          case CHAR, VARCHAR -> (row, to) -> to.putString(row.getString(pos));
          case BINARY, VARBINARY -> (row, to) -> to.putBytes(row.getBinary(pos));
          case DECIMAL -> decimal((DecimalType) type, pos);
          case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              timestamp(LogicalTypeChecks.getPrecision(type), pos);
          default ->
              throw new IllegalArgumentException(
                  "Column '"
                      + column
                      + "' of type "
                      + type.asSummaryString()
                      + " cannot be part of the bucket key. Use columns of scalar types.");
        };
    if (!type.isNullable()) {
      return value;
    }
    return (row, to) -> {
      if (row.isNullAt(pos)) {
        to.putNull();
      } else {
        value.append(row, to);
      }
    };
  }

  private static BucketKeyField decimal(DecimalType type, int pos) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    boolean compact = precision <= 18;
    return (row, to) -> to.putDecimal(row.getDecimal(pos, precision, scale), compact);
  }

  private static BucketKeyField timestamp(int precision, int pos) {
    return (row, to) -> to.putTimestamp(row.getTimestamp(pos, precision));
  }
}
