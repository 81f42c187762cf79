package io.fluss.format.arrow;

import javax.annotation.Nullable;
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
    DecimalData decimal = value;
    if (value.scale() != scale || value.precision() > precision) {
      decimal = rescaled(value);
    }
    if (decimal.isCompact()) {
      long unscaled = decimal.toUnscaledLong();
      putTwoLongs(unscaled, unscaled >> 63);
    } else {
      putBigEndian(decimal.toUnscaledBytes());
    }
  }

  private DecimalData rescaled(DecimalData value) {
    @Nullable
    DecimalData decimal = DecimalData.fromBigDecimal(value.toBigDecimal(), precision, scale);
    if (decimal == null) {
      throw new IllegalArgumentException(
          String.format(
              "Cannot write %s into column '%s': it does not fit DECIMAL(%d, %d)",
              value, path(), precision, scale));
    }
    return decimal;
  }

  private void putBigEndian(byte[] twosComplement) {
    long sign = twosComplement[0] >> 7;
    long low = sign;
    long high = sign;
    for (byte next : twosComplement) {
      high = high << 8 | low >>> 56;
      low = low << 8 | next & 0xff;
    }
    putTwoLongs(low, high);
  }
}
