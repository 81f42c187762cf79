package io.fluss.lake.paimon;

import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.LikeRest;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.PredicateVisitor;
import io.fluss.predicate.Truth;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.types.RowType;

/**
 * A condition in Paimon's words: one that is true for at least the rows that the condition is true
 * for, which is all that a read needs.
 *
 * <p>So parts that Paimon cannot say are left out of an AND, and make an OR say nothing. NOT is
 * moved down to the comparisons, where it holds in the logic of three values too: NOT of a
 * comparison is true where the opposite comparison is, and both are neither for null. For FLOAT and
 * DOUBLE that is not so, since NaN compares with nothing here and with everything in Paimon.
 */
final class PaimonFilter
    implements PredicateVisitor<Optional<org.apache.paimon.predicate.Predicate>> {

  private final TableInfo table;
  private final RowType type;
  private final PredicateBuilder builder;

  /** Whether what is asked is where the condition is FALSE, not where it is TRUE. */
  private final boolean negated;

  private PaimonFilter(TableInfo table, RowType type, boolean negated) {
    this.table = table;
    this.type = type;
    this.builder = new PredicateBuilder(type);
    this.negated = negated;
  }

  /**
   * @param type of the rows of the lake table
   * @return empty where Paimon can say nothing of it
   */
  static Optional<org.apache.paimon.predicate.Predicate> of(
      Predicate condition, TableInfo table, RowType type) {
    return condition.accept(new PaimonFilter(table, type, false));
  }

  private PaimonFilter opposite() {
    return new PaimonFilter(table, type, !negated);
  }

  private int index(ColumnRef column) {
    return builder.indexOf(table.rowType().getFieldNames().get(column.position()));
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> constant(Truth truth) {
    return Optional.empty();
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> column(ColumnRef column) {
    return Optional.of(builder.equal(index(column), !negated));
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> compare(
      ColumnRef column, Operator operator, Object literal) {
    if (negated && column.type().is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
      return Optional.empty();
    }
    int index = index(column);
    return PaimonLiterals.of(column.type(), literal)
        .map(
            value ->
                switch (negated ? opposite(operator) : operator) {
                  case EQUAL -> builder.equal(index, value);
                  case NOT_EQUAL -> builder.notEqual(index, value);
                  case LESS -> builder.lessThan(index, value);
                  case LESS_OR_EQUAL -> builder.lessOrEqual(index, value);
                  case GREATER -> builder.greaterThan(index, value);
                  case GREATER_OR_EQUAL -> builder.greaterOrEqual(index, value);
                });
  }

  private static Operator opposite(Operator operator) {
    return switch (operator) {
      case EQUAL -> Operator.NOT_EQUAL;
      case NOT_EQUAL -> Operator.EQUAL;
      case LESS -> Operator.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> Operator.GREATER;
      case GREATER -> Operator.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Operator.LESS;
    };
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> in(ColumnRef column, List<?> literals) {
    if (negated && column.type().is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Object literal : literals) {
      Optional<Object> value = PaimonLiterals.of(column.type(), literal);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(
        negated ? builder.notIn(index(column), values) : builder.in(index(column), values));
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> isNull(ColumnRef column) {
    return Optional.of(negated ? builder.isNotNull(index(column)) : builder.isNull(index(column)));
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> like(
      ColumnRef column, byte[] start, LikeRest rest) {
    if (rest == LikeRest.NOTHING) {
      return compare(column, Operator.EQUAL, start);
    }
    return negated || start.length == 0 || !column.type().is(LogicalTypeRoot.VARCHAR)
        ? Optional.empty()
        : Optional.of(builder.startsWith(index(column), BinaryString.fromBytes(start)));
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> and(List<Predicate> operands) {
    return negated ? any(operands) : all(operands);
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> or(List<Predicate> operands) {
    return negated ? all(operands) : any(operands);
  }

  private Optional<org.apache.paimon.predicate.Predicate> all(List<Predicate> operands) {
    List<org.apache.paimon.predicate.Predicate> said =
        operands.stream().flatMap(o -> o.accept(this).stream()).toList();
    return said.isEmpty() ? Optional.empty() : Optional.of(PredicateBuilder.and(said));
  }

  private Optional<org.apache.paimon.predicate.Predicate> any(List<Predicate> operands) {
    List<org.apache.paimon.predicate.Predicate> said =
        operands.stream().flatMap(o -> o.accept(this).stream()).toList();
    return said.size() < operands.size() || said.isEmpty()
        ? Optional.empty()
        : Optional.of(PredicateBuilder.or(said));
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> not(Predicate operand) {
    return operand.accept(opposite());
  }

  @Override
  public Optional<org.apache.paimon.predicate.Predicate> is(Predicate operand, Truth truth) {
    if (negated || truth == Truth.UNKNOWN) {
      return Optional.empty();
    }
    return operand.accept(truth == Truth.TRUE ? this : opposite());
  }
}
