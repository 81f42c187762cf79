package io.fluss.lake.iceberg.parquet;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Stored values in Flink's internal form. Pure functions. */
final class ScalarValues {

  static final long MICROS_PER_MILLI = 1_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ScalarValues() {}

  static boolean isNanos(PrimitiveType type) {
    return type.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp
        && timestamp.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS;
  }

  static TimestampData ofMicros(long micros) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(micros, MICROS_PER_MILLI),
        (int) Math.floorMod(micros, MICROS_PER_MILLI) * NANOS_PER_MICRO);
  }

  static TimestampData ofNanos(long nanos) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(nanos, NANOS_PER_MILLI), (int) Math.floorMod(nanos, NANOS_PER_MILLI));
  }

  /** The precision may be more than a file was written with, and more than 64 bits hold. */
  static DecimalData decimal(long unscaled, int precision, int scale) {
    return DecimalData.isCompact(precision)
        ? DecimalData.fromUnscaledLong(unscaled, precision, scale)
        : DecimalData.fromBigDecimal(BigDecimal.valueOf(unscaled, scale), precision, scale);
  }

  /** In place where the bytes lie in an array. */
  static StringData string(Binary value) {
    ByteBuffer bytes = value.toByteBuffer();
    return bytes.hasArray()
        ? BinaryStringData.fromBytes(
            bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining())
        : BinaryStringData.fromBytes(value.getBytes());
  }
}
