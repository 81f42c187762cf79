package io.fluss.format.arrow;

import io.fluss.format.bytes.Decimals;
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
    return Decimals.of(high, low, precision, scale);
  }
}
