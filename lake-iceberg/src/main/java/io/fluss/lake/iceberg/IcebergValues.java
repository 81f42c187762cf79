package io.fluss.lake.iceberg;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.util.ByteBuffers;

/** Values of scalar types in Iceberg's internal form and in Flink's. Pure functions. */
final class IcebergValues {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private IcebergValues() {}

  /** How a value of a row is had in Iceberg's form. */
  interface Getter {

    /** The value; null where the row has null. */
    @Nullable
    Object get(RowData row, int position);
  }

  static Getter getter(LogicalType type) {
    Getter present = presentGetter(type);
    return (row, position) -> row.isNullAt(position) ? null : present.get(row, position);
  }

  private static Getter presentGetter(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> RowData::getBoolean;
      case TINYINT -> (row, i) -> (int) row.getByte(i);
      case SMALLINT -> (row, i) -> (int) row.getShort(i);
      case INTEGER, DATE -> RowData::getInt;
      case BIGINT -> RowData::getLong;
      case FLOAT -> RowData::getFloat;
      case DOUBLE -> RowData::getDouble;
      case CHAR, VARCHAR -> (row, i) -> row.getString(i).toString();
      case BINARY, VARBINARY -> (row, i) -> ByteBuffer.wrap(row.getBinary(i));
      case DECIMAL -> {
        int precision = LogicalTypeChecks.getPrecision(type);
        int scale = LogicalTypeChecks.getScale(type);
        yield (row, i) -> row.getDecimal(i, precision, scale).toBigDecimal();
      }
      case TIME_WITHOUT_TIME_ZONE -> (row, i) -> row.getInt(i) * MICROS_PER_MILLI;
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        int precision = LogicalTypeChecks.getPrecision(type);
        yield LogicalTypeToIceberg.isNanos(type)
            ? (row, i) -> nanos(row.getTimestamp(i, precision))
            : (row, i) -> micros(row.getTimestamp(i, precision));
      }
      default ->
          (row, i) -> {
            throw new UnsupportedOperationException(
                "Values of type " + type.asSummaryString() + " are neither keys nor partitions");
          };
    };
  }

  private static long micros(TimestampData value) {
    return Math.addExact(
        Math.multiplyExact(value.getMillisecond(), MICROS_PER_MILLI),
        value.getNanoOfMillisecond() / NANOS_PER_MICRO);
  }

  private static long nanos(TimestampData value) {
    return Math.addExact(
        Math.multiplyExact(value.getMillisecond(), NANOS_PER_MILLI),
        (long) value.getNanoOfMillisecond());
  }

  /** A value in Flink's form; TINYINT and SMALLINT as Flink has them. */
  static Object toFlink(LogicalType type, Object value) {
    return switch (type.getTypeRoot()) {
      case TINYINT -> ((Integer) value).byteValue();
      case SMALLINT -> ((Integer) value).shortValue();
      case CHAR, VARCHAR -> StringData.fromString(value.toString());
      case BINARY, VARBINARY -> ByteBuffers.toByteArray((ByteBuffer) value);
      case DECIMAL ->
          DecimalData.fromBigDecimal(
              (BigDecimal) value,
              LogicalTypeChecks.getPrecision(type),
              LogicalTypeChecks.getScale(type));
      case TIME_WITHOUT_TIME_ZONE -> (int) ((Long) value / MICROS_PER_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          LogicalTypeToIceberg.isNanos(type)
              ? timestamp((Long) value, NANOS_PER_MILLI, 1)
              : timestamp((Long) value, MICROS_PER_MILLI, NANOS_PER_MICRO);
      default -> value;
    };
  }

  private static TimestampData timestamp(long value, long perMilli, int nanosPerUnit) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(value, perMilli), (int) Math.floorMod(value, perMilli) * nanosPerUnit);
  }
}
