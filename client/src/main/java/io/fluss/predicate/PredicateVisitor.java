package io.fluss.predicate;

import java.util.List;

/**
 * Takes conditions apart, for those who say them in other words. Each condition is of one of these
 * forms; how deep to go is the visitor's to decide.
 *
 * <p>Literals are in one form for all types whose values are compared alike, and may be values that
 * the column's type does not have:
 *
 * <ul>
 *   <li>{@code Boolean};
 *   <li>{@code Long} for whole numbers of all widths, for a DATE in days since 1970, for a TIME in
 *       milliseconds of the day;
 *   <li>{@code Double} for FLOAT and DOUBLE, which may be NaN, and {@code BigDecimal};
 *   <li>{@code byte[]} for binaries, and for strings, whose UTF-8 form it is. Not to be changed;
 *   <li>{@code Instant} for both kinds of timestamps, of the time as if in UTC.
 * </ul>
 *
 * @param <R> what becomes of a condition
 */
public interface PredicateVisitor<R> {

  /** The same for all rows. */
  R constant(Truth truth);

  /** A BOOLEAN column by itself. */
  R column(ColumnRef column);

  /** {@code column operator literal}. */
  R compare(ColumnRef column, Operator operator, Object literal);

  /**
   * {@code column IN (...)}.
   *
   * @param literals one at least, no two alike
   */
  R in(ColumnRef column, List<?> literals);

  /** {@code column IS NULL}. */
  R isNull(ColumnRef column);

  /**
   * {@code column LIKE pattern}.
   *
   * @param start what every string that matches begins with, in UTF-8; may be empty
   * @param rest what follows in strings that match
   */
  R like(ColumnRef column, byte[] start, LikeRest rest);

  /** TRUE where all of them are. */
  R and(List<Predicate> operands);

  /** TRUE where one of them is. */
  R or(List<Predicate> operands);

  /** TRUE where the operand is FALSE, FALSE where that is TRUE. */
  R not(Predicate operand);

  /** TRUE where the operand is {@code truth}, else FALSE. */
  R is(Predicate operand, Truth truth);
}
