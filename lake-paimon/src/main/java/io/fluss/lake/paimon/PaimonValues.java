package io.fluss.lake.paimon;

import org.apache.flink.table.data.DecimalData;
import org.apache.paimon.data.Decimal;

/** Values that Flink and Paimon keep in forms of their own. */
final class PaimonValues {

  private PaimonValues() {}

  static Decimal decimal(DecimalData value, int precision, int scale) {
    return Decimal.isCompact(precision)
        ? Decimal.fromUnscaledLong(value.toUnscaledLong(), precision, scale)
        : Decimal.fromBigDecimal(value.toBigDecimal(), precision, scale);
  }

  static DecimalData decimal(Decimal value, int precision, int scale) {
    return Decimal.isCompact(precision)
        ? DecimalData.fromUnscaledLong(value.toUnscaledLong(), precision, scale)
        : DecimalData.fromBigDecimal(value.toBigDecimal(), precision, scale);
  }

  static UnsupportedOperationException noSuchType() {
    return new UnsupportedOperationException("Tables have no columns of this type.");
  }
}
