package io.fluss.format.arrow;

import io.fluss.format.bytes.Decimals;
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
