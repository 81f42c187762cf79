package io.fluss.predicate;

import javax.annotation.Nullable;

/**
 * Bounds of values that are not null, in the form of their {@link Domain}.
 *
 * @param min no value is below it; null where that is not known
 * @param max no value is above it; null where that is not known
 * @param floats whether values that have no bounds may be NaN
 */
record ValueRange(@Nullable Comparable<?> min, @Nullable Comparable<?> max, boolean floats) {

  static ValueRange of(ColumnRef column, ColumnRange range) {
    Domain domain = column.domain();
    return new ValueRange(
        range.min() == null ? null : domain.value(range.min()),
        range.max() == null ? null : domain.value(range.max()),
        domain == Domain.FLOATS);
  }

  /** NaN is within no bounds. */
  boolean mayHoldNaN() {
    return floats && (min == null || max == null || Domain.isNaN(min) || Domain.isNaN(max));
  }

  /** Whether a value may be below this one. */
  boolean goesBelow(Comparable<?> value) {
    return min == null || Domain.order(min, value) < 0;
  }

  /** Whether a value may be this one or below. */
  boolean reachesDownTo(Comparable<?> value) {
    return min == null || Domain.order(min, value) <= 0;
  }

  boolean goesAbove(Comparable<?> value) {
    return max == null || Domain.order(max, value) > 0;
  }

  boolean reachesUpTo(Comparable<?> value) {
    return max == null || Domain.order(max, value) >= 0;
  }

  /** Whether no value can be another than this one. */
  boolean isOnly(Comparable<?> value) {
    return !goesBelow(value) && !goesAbove(value);
  }
}
