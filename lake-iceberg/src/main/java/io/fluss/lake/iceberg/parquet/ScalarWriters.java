package io.fluss.lake.iceberg.parquet;

import io.fluss.FlussException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.DoubleFieldMetrics;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.FloatFieldMetrics;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Writers of values that are one Parquet column each. */
final class ScalarWriters {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ScalarWriters() {}

  static FieldWriter of(String name, LogicalType type, ColumnDescriptor column) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> new BooleanWriter(name, column);
      case TINYINT -> new ByteWriter(name, column);
      case SMALLINT -> new ShortWriter(name, column);
      case INTEGER, DATE -> new IntWriter(name, column);
      case BIGINT -> new LongWriter(name, column);
      case FLOAT -> new FloatWriter(name, column);
      case DOUBLE -> new DoubleWriter(name, column);
      case CHAR, VARCHAR -> new StringWriter(name, column);
      case BINARY, VARBINARY -> new BytesWriter(name, column);
      case DECIMAL -> decimals(name, type, column);
      case TIME_WITHOUT_TIME_ZONE -> new TimeWriter(name, column);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamps(name, type, column);
      default ->
          throw new IllegalArgumentException(
              "Column '" + name + "' of type " + type + " has no form in Parquet.");
    };
  }

  private static FieldWriter decimals(String name, LogicalType type, ColumnDescriptor column) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> new IntDecimalWriter(name, type, column);
      case INT64 -> new LongDecimalWriter(name, type, column);
      default -> new FixedDecimalWriter(name, type, column);
    };
  }

  private static FieldWriter timestamps(String name, LogicalType type, ColumnDescriptor column) {
    boolean nanos =
        column.getPrimitiveType().getLogicalTypeAnnotation()
                instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp
            && timestamp.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS;
    int precision = LogicalTypeChecks.getPrecision(type);
    return nanos
        ? new NanosWriter(name, precision, column)
        : new MicrosWriter(name, precision, column);
  }

  /** One column, whose deepest level is that of its values. */
  private abstract static class ScalarWriter extends FieldWriter {

    private final ColumnDescriptor descriptor;
    final int level;
    ColumnWriter column;

    ScalarWriter(String name, ColumnDescriptor descriptor) {
      super(
          name,
          descriptor.getPrimitiveType().isRepetition(PrimitiveType.Repetition.OPTIONAL),
          descriptor.getMaxDefinitionLevel());
      this.descriptor = descriptor;
      this.level = descriptor.getMaxDefinitionLevel();
    }

    PrimitiveType parquetType() {
      return descriptor.getPrimitiveType();
    }

    @Override
    final void bind(ColumnWriteStore stores) {
      column = stores.getColumnWriter(descriptor);
    }

    @Override
    void writeAbsent(int repetitionLevel, int definitionLevel) {
      column.writeNull(repetitionLevel, definitionLevel);
    }

    /** Whether the file's metrics have a place for bounds of this field. */
    final boolean isMeasured() {
      return descriptor.getMaxRepetitionLevel() == 0 && parquetType().getId() != null;
    }
  }

  private static final class BooleanWriter extends ScalarWriter {
    BooleanWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write(row.getBoolean(position), repetitionLevel, level);
    }
  }

  private static final class ByteWriter extends ScalarWriter {
    ByteWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write((int) row.getByte(position), repetitionLevel, level);
    }
  }

  private static final class ShortWriter extends ScalarWriter {
    ShortWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write((int) row.getShort(position), repetitionLevel, level);
    }
  }

  private static final class IntWriter extends ScalarWriter {
    IntWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write(row.getInt(position), repetitionLevel, level);
    }
  }

  private static final class LongWriter extends ScalarWriter {
    LongWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write(row.getLong(position), repetitionLevel, level);
    }
  }

  /** Iceberg has times in microseconds, Flink's rows have them in milliseconds. */
  private static final class TimeWriter extends ScalarWriter {
    TimeWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write(row.getInt(position) * MICROS_PER_MILLI, repetitionLevel, level);
    }
  }

  private static final class FloatWriter extends ScalarWriter {

    private final FloatFieldMetrics.Builder values;
    private long nulls;

    FloatWriter(String name, ColumnDescriptor column) {
      super(name, column);
      this.values = isMeasured() ? new FloatFieldMetrics.Builder(fieldId(column)) : null;
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      float value = row.getFloat(position);
      if (values != null) {
        values.addValue(value);
      }
      column.write(value, repetitionLevel, level);
    }

    @Override
    void writeAbsent(int repetitionLevel, int definitionLevel) {
      nulls++;
      super.writeAbsent(repetitionLevel, definitionLevel);
    }

    @Override
    Stream<FieldMetrics<?>> metrics() {
      return values == null ? Stream.empty() : Stream.of(withNulls(values.build(), nulls));
    }
  }

  private static final class DoubleWriter extends ScalarWriter {

    private final DoubleFieldMetrics.Builder values;
    private long nulls;

    DoubleWriter(String name, ColumnDescriptor column) {
      super(name, column);
      this.values = isMeasured() ? new DoubleFieldMetrics.Builder(fieldId(column)) : null;
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      double value = row.getDouble(position);
      if (values != null) {
        values.addValue(value);
      }
      column.write(value, repetitionLevel, level);
    }

    @Override
    void writeAbsent(int repetitionLevel, int definitionLevel) {
      nulls++;
      super.writeAbsent(repetitionLevel, definitionLevel);
    }

    @Override
    Stream<FieldMetrics<?>> metrics() {
      return values == null ? Stream.empty() : Stream.of(withNulls(values.build(), nulls));
    }
  }

  private static int fieldId(ColumnDescriptor column) {
    return column.getPrimitiveType().getId().intValue();
  }

  private static <T> FieldMetrics<T> withNulls(FieldMetrics<T> values, long nulls) {
    return new FieldMetrics<>(
        values.id(),
        values.valueCount() + nulls,
        nulls,
        values.nanValueCount(),
        values.lowerBound(),
        values.upperBound(),
        values.originalType());
  }

  /** Bytes in place where they lie in one array: Parquet copies what it keeps. */
  private static final class StringWriter extends ScalarWriter {
    StringWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write(bytes(row.getString(position)), repetitionLevel, level);
    }

    private static Binary bytes(StringData value) {
      if (value instanceof BinaryStringData binary) {
        binary.ensureMaterialized();
        MemorySegment[] segments = binary.getSegments();
        if (segments.length == 1 && !segments[0].isOffHeap()) {
          return Binary.fromReusedByteArray(
              segments[0].getArray(), binary.getOffset(), binary.getSizeInBytes());
        }
      }
      return Binary.fromReusedByteArray(value.toBytes());
    }
  }

  private static final class BytesWriter extends ScalarWriter {
    BytesWriter(String name, ColumnDescriptor column) {
      super(name, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      column.write(Binary.fromReusedByteArray(row.getBinary(position)), repetitionLevel, level);
    }
  }

  private abstract static class DecimalWriter extends ScalarWriter {

    final int precision;
    final int scale;

    DecimalWriter(String name, LogicalType type, ColumnDescriptor column) {
      super(name, column);
      this.precision = LogicalTypeChecks.getPrecision(type);
      this.scale = LogicalTypeChecks.getScale(type);
    }
  }

  private static final class IntDecimalWriter extends DecimalWriter {
    IntDecimalWriter(String name, LogicalType type, ColumnDescriptor column) {
      super(name, type, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      long unscaled = row.getDecimal(position, precision, scale).toUnscaledLong();
      column.write((int) unscaled, repetitionLevel, level);
    }
  }

  private static final class LongDecimalWriter extends DecimalWriter {
    LongDecimalWriter(String name, LogicalType type, ColumnDescriptor column) {
      super(name, type, column);
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      long unscaled = row.getDecimal(position, precision, scale).toUnscaledLong();
      column.write(unscaled, repetitionLevel, level);
    }
  }

  /** Big-endian two's complement of a fixed length. */
  private static final class FixedDecimalWriter extends DecimalWriter {

    private final byte[] buffer;

    FixedDecimalWriter(String name, LogicalType type, ColumnDescriptor column) {
      super(name, type, column);
      this.buffer = new byte[parquetType().getTypeLength()];
    }

    @Override
    void writePresent(int repetitionLevel, RowData row, int position) {
      DecimalData value = row.getDecimal(position, precision, scale);
      byte[] unscaled = value.toUnscaledBytes();
      int padding = buffer.length - unscaled.length;
      Arrays.fill(buffer, 0, padding, (byte) (unscaled[0] < 0 ? -1 : 0));
      System.arraycopy(unscaled, 0, buffer, padding, unscaled.length);
      column.write(Binary.fromReusedByteArray(buffer), repetitionLevel, level);
    }
  }

  private abstract static class TimestampWriter extends ScalarWriter {

    private final int precision;

    TimestampWriter(String name, int precision, ColumnDescriptor column) {
      super(name, column);
      this.precision = precision;
    }

    @Override
    final void writePresent(int repetitionLevel, RowData row, int position) {
      TimestampData value = row.getTimestamp(position, precision);
      long stored;
      try {
        stored = stored(value);
      } catch (ArithmeticException e) {
        throw new FlussException(
            "Column '"
                + name()
                + "' holds "
                + BigInteger.valueOf(value.getMillisecond())
                + " ms since 1970, which is too far off for Iceberg's timestamps of this"
                + " precision. Use a lower precision, or STRING.",
            e);
      }
      column.write(stored, repetitionLevel, level);
    }

    abstract long stored(TimestampData value);
  }

  private static final class MicrosWriter extends TimestampWriter {
    MicrosWriter(String name, int precision, ColumnDescriptor column) {
      super(name, precision, column);
    }

    @Override
    long stored(TimestampData value) {
      return Math.addExact(
          Math.multiplyExact(value.getMillisecond(), MICROS_PER_MILLI),
          value.getNanoOfMillisecond() / 1_000);
    }
  }

  private static final class NanosWriter extends TimestampWriter {
    NanosWriter(String name, int precision, ColumnDescriptor column) {
      super(name, precision, column);
    }

    @Override
    long stored(TimestampData value) {
      return Math.addExact(
          Math.multiplyExact(value.getMillisecond(), NANOS_PER_MILLI),
          (long) value.getNanoOfMillisecond());
    }
  }
}
