package io.fluss.format.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;

/** Decimals of 128 bits. */
final class DecimalView extends ColumnView {
  private final int precision;
  private final int scale;

  DecimalView(
      @Nullable Slice validity, Slice data, ArrayData.ElementGetter getter, DecimalType type) {
    super(validity, data, getter);
    this.precision = type.getPrecision();
    this.scale = type.getScale();
  }

  @Override
  DecimalData getDecimal(int index) {
    long low = getLong(2 * index);
    if (DecimalData.isCompact(precision)) {
      return DecimalData.fromUnscaledLong(low, precision, scale);
    }
    long high = getLong(2 * index + 1);
    BigInteger unscaled = BigInteger.valueOf(high).shiftLeft(Long.SIZE).or(unsigned(low));
    return DecimalData.fromBigDecimal(new BigDecimal(unscaled, scale), precision, scale);
  }

  private static BigInteger unsigned(long value) {
    BigInteger lower = BigInteger.valueOf(value & Long.MAX_VALUE);
    return value < 0 ? lower.setBit(Long.SIZE - 1) : lower;
  }
}
