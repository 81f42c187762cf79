package io.fluss.lake.iceberg.parquet;

import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;

/** Columns of values that are one Parquet column each. */
final class ScalarColumns {

  private ScalarColumns() {}

  /** One Parquet column that is not repeated. */
  private abstract static class ScalarColumn extends Column {

    private final ColumnDescriptor descriptor;
    private final int presentLevel;
    private ColumnReader reader;
    private boolean[] nulls = new boolean[0];

    ScalarColumn(ColumnDescriptor descriptor) {
      this.descriptor = descriptor;
      this.presentLevel = descriptor.getMaxDefinitionLevel();
    }

    @Override
    final void bind(ColumnReadStore stores) {
      reader = stores.getColumnReader(descriptor);
    }

    @Override
    final void load(int rows) {
      if (nulls.length < rows) {
        nulls = new boolean[rows];
        grow(rows);
      }
      fill(reader, presentLevel, nulls, rows);
    }

    @Override
    final boolean isNull(int row) {
      return nulls[row];
    }

    abstract void grow(int rows);

    abstract void fill(ColumnReader from, int level, boolean[] isNull, int rows);
  }

  static final class BooleanColumn extends ScalarColumn {

    private boolean[] values = new boolean[0];

    BooleanColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    void grow(int rows) {
      values = new boolean[rows];
    }

    @Override
    void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getBoolean();
        }
        from.consume();
      }
    }

    @Override
    boolean getBoolean(int row) {
      return values[row];
    }
  }

  /** Also of TINYINT, SMALLINT and DATE, and of BIGINT that was narrower when it was written. */
  static final class IntColumn extends ScalarColumn {

    private int[] values = new int[0];

    IntColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    void grow(int rows) {
      values = new int[rows];
    }

    @Override
    void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getInteger();
        }
        from.consume();
      }
    }

    @Override
    int getInt(int row) {
      return values[row];
    }

    @Override
    long getLong(int row) {
      return values[row];
    }
  }

  /** 64-bit values, as they are stored. */
  private abstract static class LongValues extends ScalarColumn {

    long[] values = new long[0];

    LongValues(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    final void grow(int rows) {
      values = new long[rows];
    }

    @Override
    final void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getLong();
        }
        from.consume();
      }
    }
  }

  static final class LongColumn extends LongValues {
    LongColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    long getLong(int row) {
      return values[row];
    }
  }

  /** TIME, stored in microseconds. */
  static final class TimeColumn extends LongValues {
    TimeColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    int getInt(int row) {
      return (int) (values[row] / ScalarValues.MICROS_PER_MILLI);
    }
  }

  static final class TimestampColumn extends LongValues {

    private final boolean nanos;

    TimestampColumn(ColumnDescriptor descriptor) {
      super(descriptor);
      this.nanos = ScalarValues.isNanos(descriptor.getPrimitiveType());
    }

    @Override
    TimestampData getTimestamp(int row) {
      return nanos ? ScalarValues.ofNanos(values[row]) : ScalarValues.ofMicros(values[row]);
    }
  }

  static final class LongDecimalColumn extends LongValues {

    private final int precision;
    private final int scale;

    LongDecimalColumn(ColumnDescriptor descriptor, int precision, int scale) {
      super(descriptor);
      this.precision = precision;
      this.scale = scale;
    }

    @Override
    DecimalData getDecimal(int row) {
      return ScalarValues.decimal(values[row], precision, scale);
    }
  }

  static final class IntDecimalColumn extends ScalarColumn {

    private final int precision;
    private final int scale;
    private int[] values = new int[0];

    IntDecimalColumn(ColumnDescriptor descriptor, int precision, int scale) {
      super(descriptor);
      this.precision = precision;
      this.scale = scale;
    }

    @Override
    void grow(int rows) {
      values = new int[rows];
    }

    @Override
    void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getInteger();
        }
        from.consume();
      }
    }

    @Override
    DecimalData getDecimal(int row) {
      return ScalarValues.decimal(values[row], precision, scale);
    }
  }

  /** Also of DOUBLE that was narrower when it was written. */
  static final class FloatColumn extends ScalarColumn {

    private float[] values = new float[0];

    FloatColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    void grow(int rows) {
      values = new float[rows];
    }

    @Override
    void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getFloat();
        }
        from.consume();
      }
    }

    @Override
    float getFloat(int row) {
      return values[row];
    }

    @Override
    double getDouble(int row) {
      return values[row];
    }
  }

  static final class DoubleColumn extends ScalarColumn {

    private double[] values = new double[0];

    DoubleColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    void grow(int rows) {
      values = new double[rows];
    }

    @Override
    void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getDouble();
        }
        from.consume();
      }
    }

    @Override
    double getDouble(int row) {
      return values[row];
    }
  }

  /** Bytes as Parquet has them: slices of its pages and dictionaries. */
  private abstract static class BytesValues extends ScalarColumn {

    Binary[] values = new Binary[0];

    BytesValues(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    final void grow(int rows) {
      values = new Binary[rows];
    }

    @Override
    final void fill(ColumnReader from, int level, boolean[] isNull, int rows) {
      for (int i = 0; i < rows; i++) {
        isNull[i] = from.getCurrentDefinitionLevel() < level;
        if (!isNull[i]) {
          values[i] = from.getBinary();
        }
        from.consume();
      }
    }
  }

  static final class StringColumn extends BytesValues {
    StringColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    StringData getString(int row) {
      return ScalarValues.string(values[row]);
    }
  }

  static final class BinaryColumn extends BytesValues {
    BinaryColumn(ColumnDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    byte[] getBinary(int row) {
      return values[row].getBytes();
    }
  }

  static final class BinaryDecimalColumn extends BytesValues {

    private final int precision;
    private final int scale;

    BinaryDecimalColumn(ColumnDescriptor descriptor, int precision, int scale) {
      super(descriptor);
      this.precision = precision;
      this.scale = scale;
    }

    @Override
    DecimalData getDecimal(int row) {
      return DecimalData.fromUnscaledBytes(values[row].getBytes(), precision, scale);
    }
  }

  /** The same value for all rows: of a column that the file does not have. */
  static final class ConstantColumn extends Column {

    @Nullable private final Object value;

    /**
     * @param value in Flink's internal form; TINYINT and SMALLINT as an {@link Integer}
     */
    ConstantColumn(@Nullable Object value) {
      this.value = value;
    }

    @Override
    void bind(ColumnReadStore stores) {
      // nothing to read
    }

    @Override
    void load(int rows) {
      // nothing to read
    }

    @Override
    boolean isNull(int row) {
      return value == null;
    }

    @Override
    boolean getBoolean(int row) {
      return (Boolean) value;
    }

    @Override
    int getInt(int row) {
      return (Integer) value;
    }

    @Override
    long getLong(int row) {
      return (Long) value;
    }

    @Override
    float getFloat(int row) {
      return (Float) value;
    }

    @Override
    double getDouble(int row) {
      return (Double) value;
    }

    @Override
    StringData getString(int row) {
      return (BinaryStringData) value;
    }

    @Override
    byte[] getBinary(int row) {
      byte[] bytes = (byte[]) value;
      return Arrays.copyOf(bytes, bytes.length);
    }

    @Override
    DecimalData getDecimal(int row) {
      return (DecimalData) value;
    }

    @Override
    TimestampData getTimestamp(int row) {
      return (TimestampData) value;
    }
  }
}
