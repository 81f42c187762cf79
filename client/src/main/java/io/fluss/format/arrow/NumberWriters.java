package io.fluss.format.arrow;

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
  }
}
