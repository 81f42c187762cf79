package io.fluss.format.bytes;

import io.fluss.format.CorruptBatchException;
import java.math.BigDecimal;
import java.math.BigInteger;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;

/** Decimals as whole numbers of 64 or 128 bits. */
public final class Decimals {
  private Decimals() {}

  /**
   * The value with this precision and scale, rounded where it has more digits behind the point.
   *
   * @param path the column, for the message
   * @throws IllegalArgumentException where it has too many digits before the point
   */
  public static DecimalData fitted(DecimalData value, int precision, int scale, String path) {
    if (value.scale() == scale && value.precision() <= precision) {
      return value;
    }
    @Nullable
    DecimalData fitted = DecimalData.fromBigDecimal(value.toBigDecimal(), precision, scale);
    if (fitted == null) {
      throw new IllegalArgumentException(
          String.format(
              "Cannot write %s into column '%s': it does not fit DECIMAL(%d, %d)",
              value, path, precision, scale));
    }
    return fitted;
  }

  /** The upper 64 of the 128 bits of a two's complement, highest byte first. */
  public static long high(byte[] twosComplement) {
    long high = twosComplement[0] >> 7;
    for (int i = 0; i < twosComplement.length - Long.BYTES; i++) {
      high = high << Byte.SIZE | twosComplement[i] & 0xff;
    }
    return high;
  }

  /** The lower 64 of its bits. */
  public static long low(byte[] twosComplement) {
    long low = twosComplement[0] >> 7;
    for (int i = Math.max(0, twosComplement.length - Long.BYTES); i < twosComplement.length; i++) {
      low = low << Byte.SIZE | twosComplement[i] & 0xff;
    }
    return low;
  }

  /**
   * The decimal of these 128 bits.
   *
   * @throws CorruptBatchException where it has more digits than the precision
   */
  public static DecimalData of(long high, long low, int precision, int scale) {
    BigInteger unscaled = BigInteger.valueOf(high).shiftLeft(Long.SIZE).or(unsigned(low));
    @Nullable
    DecimalData value =
        DecimalData.fromBigDecimal(new BigDecimal(unscaled, scale), precision, scale);
    if (value == null) {
      throw new CorruptBatchException(
          "Cannot read decimal: " + unscaled + " has more than " + precision + " digits");
    }
    return value;
  }

  private static BigInteger unsigned(long value) {
    BigInteger lower = BigInteger.valueOf(value & Long.MAX_VALUE);
    return value < 0 ? lower.setBit(Long.SIZE - 1) : lower;
  }
}
