package io.fluss.format.bytes;

import org.apache.flink.table.data.TimestampData;

/**
 * The unit in which timestamps of a precision are stored: the coarsest that keeps all its digits.
 * What a value has beyond its column's precision is cut off towards the past.
 */
public enum TimestampUnit {
  SECOND(0),
  MILLISECOND(3),
  MICROSECOND(6),
  NANOSECOND(9);

  private static final int NANOS_PER_MICRO = 1000;
  private static final int MICROS_PER_MILLI = 1000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int MILLIS_PER_SECOND = 1000;

  private final int precision;

  TimestampUnit(int precision) {
    this.precision = precision;
  }

  /** Of timestamps of this precision, 0 to 9. */
  public static TimestampUnit of(int precision) {
    for (TimestampUnit unit : values()) {
      if (precision <= unit.precision) {
        return unit;
      }
    }
    throw new IllegalArgumentException("No timestamp has the precision " + precision);
  }

  /**
   * @throws ArithmeticException if the value is out of the range of 64 bits
   */
  public long toLong(TimestampData value) {
    long millis = value.getMillisecond();
    int nanos = value.getNanoOfMillisecond();
    return switch (this) {
      case SECOND -> Math.floorDiv(millis, MILLIS_PER_SECOND);
      case MILLISECOND -> millis;
      case MICROSECOND ->
          Math.addExact(Math.multiplyExact(millis, MICROS_PER_MILLI), nanos / NANOS_PER_MICRO);
      case NANOSECOND -> toNanos(millis, nanos);
    };
  }

  /** Counts back from the next millisecond if negative, so that the smallest value passes too. */
  private static long toNanos(long millis, int nanos) {
    if (millis < 0) {
      long next = Math.multiplyExact(millis + 1, (long) NANOS_PER_MILLI);
      return Math.addExact(next, nanos - NANOS_PER_MILLI);
    }
    return Math.addExact(Math.multiplyExact(millis, (long) NANOS_PER_MILLI), nanos);
  }

  /** The timestamp that is stored as this number. */
  public TimestampData toTimestamp(long value) {
    return switch (this) {
      case SECOND -> TimestampData.fromEpochMillis(value * MILLIS_PER_SECOND);
      case MILLISECOND -> TimestampData.fromEpochMillis(value);
      case MICROSECOND ->
          TimestampData.fromEpochMillis(
              Math.floorDiv(value, MICROS_PER_MILLI),
              Math.floorMod(value, MICROS_PER_MILLI) * NANOS_PER_MICRO);
      case NANOSECOND ->
          TimestampData.fromEpochMillis(
              Math.floorDiv(value, NANOS_PER_MILLI), Math.floorMod(value, NANOS_PER_MILLI));
    };
  }
}
