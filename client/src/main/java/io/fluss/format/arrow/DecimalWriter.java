package io.fluss.format.arrow;

import io.fluss.format.batch.StatisticsWriter;
import io.fluss.format.bytes.Decimals;
import io.fluss.format.bytes.LittleEndian;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;

/** Decimals as 128-bit numbers, whatever their precision. */
final class DecimalWriter extends FixedWidthWriter {
  private static final int WIDTH = 16;
  private final int precision;
  private final int scale;

  DecimalWriter(String path, DecimalType type, boolean nullable, BufferPool pool) {
    super(path, nullable, pool, WIDTH);
    this.precision = type.getPrecision();
    this.scale = type.getScale();
  }

  @Override
  void put(RowData row, int position) {
    put(row.getDecimal(position, precision, scale));
  }

  @Override
  void put(ArrayData array, int position) {
    put(array.getDecimal(position, precision, scale));
  }

  @Override
  void describeValuesTo(StatisticsWriter out, int from, int to) {
    int min = nextValid(from, to);
    int max = min;
    for (int i = nextValid(min + 1, to); i < to; i = nextValid(i + 1, to)) {
      if (order(i, min) < 0) {
        min = i;
      } else if (order(i, max) > 0) {
        max = i;
      }
    }
    out.bounds(low(min), high(min), low(max), high(max));
  }

  private int order(int left, int right) {
    int byHigh = Long.compare(high(left), high(right));
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low(left), low(right));
  }

  private long low(int index) {
    return LittleEndian.getLong(values(), index * WIDTH);
  }

  private long high(int index) {
    return LittleEndian.getLong(values(), index * WIDTH + Long.BYTES);
  }

  private void put(DecimalData value) {
    DecimalData decimal = Decimals.fitted(value, precision, scale, path());
    if (decimal.isCompact()) {
      long unscaled = decimal.toUnscaledLong();
      putTwoLongs(unscaled, unscaled >> 63);
    } else {
      byte[] unscaled = decimal.toUnscaledBytes();
      putTwoLongs(Decimals.low(unscaled), Decimals.high(unscaled));
    }
  }
}
