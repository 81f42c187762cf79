package io.fluss.predicate;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * A condition on a row, in SQL's three-valued logic, that means what Flink computes for it. A value
 * equal to others of the same parts; immutable; its text is SQL, for people.
 *
 * <p>Literals are given in Flink's internal form ({@code StringData}, {@code DecimalData}, days as
 * {@code int}, ...). They may be of another type than the column where values of both have one
 * order: any whole number for an INT, a decimal of any scale for a DECIMAL, a string of any length
 * for a CHAR. Comparisons of FLOAT and DOUBLE are Java's of {@code double}.
 */
@PublicEvolving
public sealed interface Predicate extends Serializable
    permits And, BooleanColumn, Comparison, Constant, In, IsNull, Like, Not, Or, TruthTest {

  // ------------------------------------------------------------------------------------ choices

  /** The same for all rows. */
  static Predicate constant(Truth truth) {
    return new Constant(truth);
  }

  /** A BOOLEAN column by itself. */
  static Predicate column(ColumnRef column) {
    return new BooleanColumn(column);
  }

  /**
   * {@code column operator literal}.
   *
   * @param literal in Flink's internal form, not null
   */
  static Predicate compare(ColumnRef column, Operator operator, Object literal) {
    return new Comparison(column, operator, column.domain().value(literal));
  }

  /**
   * {@code column BETWEEN low AND high}.
   *
   * @param low in Flink's internal form, as is {@code high}
   */
  static Predicate between(ColumnRef column, Object low, Object high) {
    return and(
        List.of(
            compare(column, Operator.GREATER_OR_EQUAL, low),
            compare(column, Operator.LESS_OR_EQUAL, high)));
  }

  /**
   * {@code column IN (...)}.
   *
   * @param literals in Flink's internal form, none of them null
   */
  static Predicate in(ColumnRef column, Collection<?> literals) {
    return or(literals.stream().map(l -> compare(column, Operator.EQUAL, l)).toList());
  }

  /** {@code column LIKE pattern}, in which no character is an escape. */
  static Predicate like(ColumnRef column, String pattern) {
    return new Like(column, LikePattern.of(pattern, null));
  }

  /**
   * {@code column LIKE pattern ESCAPE escape}.
   *
   * @throws IllegalArgumentException where the escape is followed by another character than {@code
   *     %}, {@code _} and itself
   */
  static Predicate like(ColumnRef column, String pattern, char escape) {
    return new Like(column, LikePattern.of(pattern, escape));
  }

  /** {@code column IS NULL}. */
  static Predicate isNull(ColumnRef column) {
    return new IsNull(column);
  }

  /** {@code column IS NOT NULL}. */
  static Predicate isNotNull(ColumnRef column) {
    return not(isNull(column));
  }

  /** {@code operand IS TRUE}, {@code IS FALSE} or {@code IS UNKNOWN}. */
  static Predicate is(Predicate operand, Truth truth) {
    return new TruthTest(operand, truth);
  }

  /** {@code NOT operand}. */
  static Predicate not(Predicate operand) {
    return operand instanceof Not not ? not.operand() : new Not(operand);
  }

  /** All of these; TRUE where there are none. */
  static Predicate and(List<Predicate> operands) {
    return And.of(operands);
  }

  /** Any of these; FALSE where there are none. */
  static Predicate or(List<Predicate> operands) {
    return Or.of(operands);
  }

  // ---------------------------------------------------------------------------------- questions

  /** What the condition is for a row. */
  Truth evaluate(RowData row);

  /** Whether a row matches: the condition is TRUE, not UNKNOWN. */
  default boolean test(RowData row) {
    return evaluate(row) == Truth.TRUE;
  }

  /**
   * Whether rows of which only this is known may match.
   *
   * @return false only where none of them does
   */
  default boolean mayMatch(ColumnRanges ranges) {
    return over(ranges).canBeTrue();
  }

  /** Takes the condition apart, one level: what the visitor makes of it. */
  <R> R accept(PredicateVisitor<R> visitor);

  /** The positions of the columns it is about, rising. */
  default int[] columns() {
    Set<Integer> columns = new TreeSet<>();
    eachColumn(columns::add);
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * What this condition says of some columns alone: a condition on them that matches at least the
   * rows that this one matches.
   *
   * @param columns positions in the row
   * @return empty where it says nothing of them
   */
  default Optional<Predicate> about(int[] columns) {
    return Restriction.of(this, columns);
  }

  /**
   * The same as {@link #about}, on rows that have these columns only.
   *
   * @param columns positions in the row of this condition; the place in the array is the position
   *     in the row of the new one
   * @return empty where it says nothing of them
   */
  default Optional<Predicate> restrictedTo(int[] columns) {
    return about(columns).map(p -> p.movedTo(Restriction.positionsIn(columns)));
  }

  // ------------------------------------------------------------------------------------- inside

  /** What the condition may be for rows of which only this is known. */
  Truths over(ColumnRanges ranges);

  /** Names the columns, each at least once. */
  void eachColumn(IntConsumer position);

  /**
   * The same condition on rows that have other columns.
   *
   * @param positions the new position of each of its columns
   */
  Predicate movedTo(Positions positions);

  /** Whether it is about these columns only. */
  default boolean isAboutOnly(int[] columns) {
    return IntStream.of(columns())
        .allMatch(c -> IntStream.of(columns).anyMatch(wanted -> wanted == c));
  }
}
