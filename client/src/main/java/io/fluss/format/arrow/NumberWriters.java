package io.fluss.format.arrow;

import io.fluss.format.batch.StatisticsWriter;
import io.fluss.format.bytes.LittleEndian;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** Writers of whole and floating numbers, and of dates and times, which Flink keeps as ints. */
final class NumberWriters {
  private NumberWriters() {}

  static final class TinyInts extends FixedWidthWriter {
    TinyInts(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool, Byte.BYTES);
    }

    @Override
    void put(RowData row, int position) {
      putByte(row.getByte(position));
    }

    @Override
    void put(ArrayData array, int position) {
      putByte(array.getByte(position));
    }
  }

  static final class SmallInts extends FixedWidthWriter {
    SmallInts(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool, Short.BYTES);
    }

    @Override
    void put(RowData row, int position) {
      putShort(row.getShort(position));
    }

    @Override
    void put(ArrayData array, int position) {
      putShort(array.getShort(position));
    }
  }

  static final class Ints extends FixedWidthWriter {
    Ints(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool, Integer.BYTES);
    }

    @Override
    void put(RowData row, int position) {
      putInt(row.getInt(position));
    }

    @Override
    void put(ArrayData array, int position) {
      putInt(array.getInt(position));
    }
  }

  static final class BigInts extends FixedWidthWriter {
    BigInts(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool, Long.BYTES);
    }

    @Override
    void put(RowData row, int position) {
      putLong(row.getLong(position));
    }

    @Override
    void put(ArrayData array, int position) {
      putLong(array.getLong(position));
    }
  }

  static final class Floats extends FixedWidthWriter {
    Floats(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool, Float.BYTES);
    }

    @Override
    void put(RowData row, int position) {
      putInt(Float.floatToRawIntBits(row.getFloat(position)));
    }

    @Override
    void put(ArrayData array, int position) {
      putInt(Float.floatToRawIntBits(array.getFloat(position)));
    }

    @Override
    void describeValuesTo(StatisticsWriter out, int from, int to) {
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = nextValid(from, to); i < to; i = nextValid(i + 1, to)) {
        float value = Float.intBitsToFloat(LittleEndian.getInt(values(), i * Float.BYTES));
        if (Float.isNaN(value)) {
          return; // NaN is within no bounds
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      out.bounds(Float.floatToRawIntBits(min), Float.floatToRawIntBits(max), Float.BYTES);
    }
  }

  static final class Doubles extends FixedWidthWriter {
    Doubles(String path, boolean nullable, BufferPool pool) {
      super(path, nullable, pool, Double.BYTES);
    }

    @Override
    void put(RowData row, int position) {
      putLong(Double.doubleToRawLongBits(row.getDouble(position)));
    }

    @Override
    void put(ArrayData array, int position) {
      putLong(Double.doubleToRawLongBits(array.getDouble(position)));
    }

    @Override
    void describeValuesTo(StatisticsWriter out, int from, int to) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = nextValid(from, to); i < to; i = nextValid(i + 1, to)) {
        double value = Double.longBitsToDouble(LittleEndian.getLong(values(), i * Double.BYTES));
        if (Double.isNaN(value)) {
          return; // NaN is within no bounds
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      out.bounds(Double.doubleToRawLongBits(min), Double.doubleToRawLongBits(max), Double.BYTES);
    }
  }
}
