package io.fluss.predicate;

import javax.annotation.Nullable;

/**
 * What is known of a column's values in some rows. Immutable; the bounds are not copied and not to
 * be changed.
 *
 * @param min in Flink's internal form: no value is below it; null where that is not known, as it
 *     has to be where a value is NaN
 * @param max no value is above it; null as for {@code min}. Bounds need not be values that occur
 * @param mayBeNull whether a value may be null
 * @param mayHaveValue whether a value may be other than null
 */
public record ColumnRange(
    @Nullable Object min, @Nullable Object max, boolean mayBeNull, boolean mayHaveValue) {

  /** Nothing is known. */
  public static final ColumnRange UNKNOWN = new ColumnRange(null, null, true, true);

  /** All values are null. */
  public static final ColumnRange NULLS = new ColumnRange(null, null, true, false);

  /**
   * The range of a column whose nulls were counted.
   *
   * @param nullCount how many of the rows have no value
   * @param rowCount how many rows there are
   */
  public static ColumnRange of(
      @Nullable Object min, @Nullable Object max, long nullCount, long rowCount) {
    return new ColumnRange(min, max, nullCount > 0, nullCount < rowCount);
  }

  /** The range of one value, null or not. */
  public static ColumnRange ofValue(@Nullable Object value) {
    boolean nan = value instanceof Number number && Double.isNaN(number.doubleValue());
    Object bound = nan ? null : value;
    return new ColumnRange(bound, bound, value == null, value != null);
  }
}
