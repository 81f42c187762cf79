package io.fluss.predicate.expression;

import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;

/** Makes conditions on rows of one type of Flink's expressions. Immutable. */
public final class FilterTranslation {

  private static final Map<FunctionDefinition, Operator> OPERATORS =
      Map.of(
          BuiltInFunctionDefinitions.EQUALS, Operator.EQUAL,
          BuiltInFunctionDefinitions.NOT_EQUALS, Operator.NOT_EQUAL,
          BuiltInFunctionDefinitions.LESS_THAN, Operator.LESS,
          BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL,
          BuiltInFunctionDefinitions.GREATER_THAN, Operator.GREATER,
          BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL);

  private final RowType rowType;

  private FilterTranslation(RowType rowType) {
    this.rowType = rowType;
  }

  /**
   * Translates expressions on rows of this type.
   *
   * @param rowType the columns that expressions may name; those that name others are left out
   */
  public static FilterTranslation over(RowType rowType) {
    return new FilterTranslation(rowType);
  }

  /** The condition that is what the expression is, for every row; empty where there is none. */
  public Optional<Predicate> exactly(ResolvedExpression expression) {
    if (expression instanceof ValueLiteralExpression literal) {
      return constant(literal);
    }
    if (expression instanceof FieldReferenceExpression field) {
      return column(field).filter(c -> c.type() instanceof BooleanType).map(Predicate::column);
    }
    return expression instanceof CallExpression call ? call(call) : Optional.empty();
  }

  /**
   * A condition that is TRUE for all rows for which the expression is TRUE: of parts that cannot be
   * translated, nothing is said. Empty where nothing is said at all.
   */
  public Optional<Predicate> impliedBy(ResolvedExpression expression) {
    if (expression instanceof CallExpression call) {
      List<ResolvedExpression> operands = call.getResolvedChildren();
      if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND) {
        return impliedByAll(operands);
      }
      if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.OR) {
        return allOf(operands, this::impliedBy).map(Predicate::or);
      }
    }
    return exactly(expression);
  }

  /** The same for expressions that all have to be TRUE. */
  public Optional<Predicate> impliedByAll(List<ResolvedExpression> expressions) {
    List<Predicate> known = expressions.stream().flatMap(e -> impliedBy(e).stream()).toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(Predicate.and(known));
  }

  private static Optional<Predicate> constant(ValueLiteralExpression literal) {
    if (!(literal.getOutputDataType().getLogicalType() instanceof BooleanType)) {
      return Optional.empty();
    }
    return Optional.of(
        Predicate.constant(literal.getValueAs(Boolean.class).map(Truth::of).orElse(Truth.UNKNOWN)));
  }

  private Optional<Predicate> call(CallExpression call) {
    FunctionDefinition function = call.getFunctionDefinition();
    List<ResolvedExpression> operands = call.getResolvedChildren();
    Operator operator = OPERATORS.get(function);
    if (operator != null) {
      return comparison(operands.get(0), operator, operands.get(1));
    }
    if (function == BuiltInFunctionDefinitions.AND) {
      return allOf(operands, this::exactly).map(Predicate::and);
    }
    if (function == BuiltInFunctionDefinitions.OR) {
      return allOf(operands, this::exactly).map(Predicate::or);
    }
    if (function == BuiltInFunctionDefinitions.NOT) {
      return exactly(operands.get(0)).map(Predicate::not);
    }
    if (function == BuiltInFunctionDefinitions.IS_NULL) {
      return isNull(operands.get(0));
    }
    if (function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
      return isNull(operands.get(0)).map(Predicate::not);
    }
    if (function == BuiltInFunctionDefinitions.IS_TRUE) {
      return exactly(operands.get(0)).map(o -> Predicate.is(o, Truth.TRUE));
    }
    if (function == BuiltInFunctionDefinitions.IS_NOT_TRUE) {
      return exactly(operands.get(0)).map(o -> Predicate.not(Predicate.is(o, Truth.TRUE)));
    }
    if (function == BuiltInFunctionDefinitions.IS_FALSE) {
      return exactly(operands.get(0)).map(o -> Predicate.is(o, Truth.FALSE));
    }
    if (function == BuiltInFunctionDefinitions.IS_NOT_FALSE) {
      return exactly(operands.get(0)).map(o -> Predicate.not(Predicate.is(o, Truth.FALSE)));
    }
    if (function == BuiltInFunctionDefinitions.BETWEEN) {
      return between(operands);
    }
    if (function == BuiltInFunctionDefinitions.NOT_BETWEEN) {
      return between(operands).map(Predicate::not);
    }
    if (function == BuiltInFunctionDefinitions.IN) {
      ResolvedExpression value = operands.get(0);
      return allOf(operands.subList(1, operands.size()), o -> comparison(value, Operator.EQUAL, o))
          .map(Predicate::or);
    }
    if (function == BuiltInFunctionDefinitions.LIKE) {
      return like(operands);
    }
    return Optional.empty();
  }

  private Optional<Predicate> comparison(
      ResolvedExpression left, Operator operator, ResolvedExpression right) {
    if (left instanceof ValueLiteralExpression) {
      return right instanceof ValueLiteralExpression
          ? Optional.empty()
          : comparison(right, operator.mirrored(), left);
    }
    if (!(right instanceof ValueLiteralExpression literal)) {
      return Optional.empty();
    }
    return castColumn(left)
        .flatMap(
            column ->
                Comparisons.compare(
                    column, left.getOutputDataType().getLogicalType(), operator, literal));
  }

  private Optional<Predicate> between(List<ResolvedExpression> operands) {
    ResolvedExpression value = operands.get(0);
    Optional<Predicate> low = comparison(value, Operator.GREATER_OR_EQUAL, operands.get(1));
    Optional<Predicate> high = comparison(value, Operator.LESS_OR_EQUAL, operands.get(2));
    return low.flatMap(l -> high.map(h -> Predicate.and(List.of(l, h))));
  }

  private Optional<Predicate> isNull(ResolvedExpression operand) {
    Optional<ColumnRef> column = castColumn(operand);
    return column.isPresent()
        ? column.map(Predicate::isNull)
        : exactly(operand).map(o -> Predicate.is(o, Truth.UNKNOWN));
  }

  private Optional<Predicate> like(List<ResolvedExpression> operands) {
    return castColumn(operands.get(0))
        .flatMap(column -> LikeCalls.like(column, operands.subList(1, operands.size())));
  }

  /** The column itself, or the one that is asked as another type without losing anything. */
  private Optional<ColumnRef> castColumn(ResolvedExpression expression) {
    if (expression instanceof FieldReferenceExpression field) {
      return column(field);
    }
    if (expression instanceof CallExpression call
        && call.getFunctionDefinition() == BuiltInFunctionDefinitions.CAST
        && call.getResolvedChildren().get(0) instanceof FieldReferenceExpression field
        && ExactCasts.keepsValues(
            field.getOutputDataType().getLogicalType(),
            call.getOutputDataType().getLogicalType())) {
      return column(field);
    }
    return Optional.empty();
  }

  private Optional<ColumnRef> column(FieldReferenceExpression field) {
    int position = rowType.getFieldIndex(field.getName());
    return Optional.of(position)
        .filter(p -> p >= 0)
        .filter(p -> isTypeOf(field, rowType.getTypeAt(p)))
        .filter(p -> ColumnRef.isSupported(rowType.getTypeAt(p)))
        .map(p -> ColumnRef.of(rowType, p));
  }

  /** The planner knows TIME of one precision only. */
  private static boolean isTypeOf(FieldReferenceExpression field, LogicalType type) {
    LogicalType asked = field.getOutputDataType().getLogicalType();
    return ExactCasts.sameType(asked, type)
        || asked instanceof TimeType && type instanceof TimeType;
  }

  private static Optional<List<Predicate>> allOf(
      List<ResolvedExpression> expressions,
      Function<ResolvedExpression, Optional<Predicate>> translation) {
    List<Predicate> all = new ArrayList<>();
    for (ResolvedExpression expression : expressions) {
      Optional<Predicate> translated = translation.apply(expression);
      if (translated.isEmpty()) {
        return Optional.empty();
      }
      all.add(translated.get());
    }
    return Optional.of(all);
  }
}
