package io.fluss.predicate;

import org.apache.flink.annotation.PublicEvolving;

/** How a value is compared with a constant. */
@PublicEvolving
public enum Operator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String sql;

  Operator(String sql) {
    this.sql = sql;
  }

  /** The operator that says the same with the operands in the other order. */
  public Operator mirrored() {
    return switch (this) {
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL -> this;
    };
  }

  /** The operator that holds where this one does not; NaN aside. */
  Operator negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
    };
  }

  boolean holds(Comparable<?> value, Comparable<?> literal) {
    if (Domain.isNaN(value) || Domain.isNaN(literal)) {
      return this == NOT_EQUAL;
    }
    int order = Domain.order(value, literal);
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** Whether it can hold for some value of a range. */
  boolean canHold(ValueRange range, Comparable<?> literal) {
    if (range.mayHoldNaN() || Domain.isNaN(literal)) {
      return true;
    }
    return switch (this) {
      case EQUAL -> range.reachesDownTo(literal) && range.reachesUpTo(literal);
      case NOT_EQUAL -> !range.isOnly(literal);
      case LESS -> range.goesBelow(literal);
      case LESS_OR_EQUAL -> range.reachesDownTo(literal);
      case GREATER -> range.goesAbove(literal);
      case GREATER_OR_EQUAL -> range.reachesUpTo(literal);
    };
  }

  @Override
  public String toString() {
    return sql;
  }
}
