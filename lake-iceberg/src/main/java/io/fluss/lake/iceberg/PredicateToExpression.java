package io.fluss.lake.iceberg;

import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.LikeRest;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.PredicateVisitor;
import io.fluss.predicate.Truth;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Conditions as Iceberg's, by which files and row groups are left out. What Iceberg's cannot say
 * exactly becomes a weaker one, or none: no row that matches is ever left out. Stateless.
 *
 * <p>An empty result means that nothing can be said. Of an AND the parts that can be said are, an
 * OR needs all of its parts.
 */
final class PredicateToExpression implements PredicateVisitor<Optional<Expression>> {

  private static final int NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MILLI = 1_000;

  private final RowType rowType;

  /**
   * @param rowType that conditions are about: columns are told by their positions in it
   */
  PredicateToExpression(RowType rowType) {
    this.rowType = rowType;
  }

  Optional<Expression> translate(Predicate condition) {
    return condition.accept(this);
  }

  /** Iceberg takes a dot as the way into a nested column. */
  private Optional<String> name(ColumnRef column) {
    return Optional.of(rowType.getFieldNames().get(column.position()))
        .filter(name -> name.indexOf('.') < 0);
  }

  @Override
  public Optional<Expression> constant(Truth truth) {
    return Optional.of(truth == Truth.TRUE ? Expressions.alwaysTrue() : Expressions.alwaysFalse());
  }

  @Override
  public Optional<Expression> column(ColumnRef column) {
    return name(column).map(name -> Expressions.equal(name, true));
  }

  @Override
  public Optional<Expression> compare(ColumnRef column, Operator operator, Object literal) {
    return name(column)
        .flatMap(
            name ->
                literal instanceof Double number
                    ? compare(name, rowType.getTypeAt(column.position()), operator, number)
                    : value(column, literal).map(value -> compare(name, operator, value)));
  }

  private static <T> Expression compare(String name, Operator operator, T value) {
    return switch (operator) {
      case EQUAL -> Expressions.equal(name, value);
      case NOT_EQUAL -> Expressions.notEqual(name, value);
      case LESS -> Expressions.lessThan(name, value);
      case LESS_OR_EQUAL -> Expressions.lessThanOrEqual(name, value);
      case GREATER -> Expressions.greaterThan(name, value);
      case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(name, value);
    };
  }

  /**
   * For Iceberg 0 is greater than -0, and NaN has no place in bounds; for us the zeros are equal.
   * Numbers that a FLOAT does not have are not compared with one.
   */
  private static Optional<Expression> compare(
      String name, LogicalType type, Operator operator, double literal) {
    boolean isFloat = type.is(LogicalTypeRoot.FLOAT);
    if (Double.isNaN(literal) || isFloat && (float) literal != literal) {
      return Optional.empty();
    }
    if (literal != 0) {
      return Optional.of(compare(name, operator, number(literal, isFloat)));
    }
    return switch (operator) {
      case EQUAL -> Optional.of(Expressions.in(name, number(-0.0, isFloat), number(0.0, isFloat)));
      case NOT_EQUAL -> Optional.empty();
      case LESS, LESS_OR_EQUAL -> Optional.of(compare(name, operator, number(0.0, isFloat)));
      case GREATER, GREATER_OR_EQUAL -> Optional.of(compare(name, operator, number(-0.0, isFloat)));
    };
  }

  /** Iceberg takes an infinite DOUBLE for one that is out of a FLOAT's range. */
  private static Object number(double value, boolean isFloat) {
    return isFloat ? (Object) (float) value : (Object) value;
  }

  /** A literal as Iceberg has it; empty where the column's type does not have the value. */
  private Optional<Object> value(ColumnRef column, Object literal) {
    LogicalType type = rowType.getTypeAt(column.position());
    return switch (type.getTypeRoot()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> Optional.of(literal);
      case DATE -> Optional.of((Long) literal).filter(d -> d == d.intValue()).map(Long::intValue);
      case TIME_WITHOUT_TIME_ZONE -> Optional.of((Long) literal * MICROS_PER_MILLI);
      case DECIMAL -> decimal((BigDecimal) literal, LogicalTypeChecks.getScale(type));
      case CHAR, VARCHAR -> text((byte[]) literal).map(t -> t);
      case BINARY, VARBINARY -> Optional.of(ByteBuffer.wrap((byte[]) literal));
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          LogicalTypeToIceberg.isNanos(type) ? Optional.empty() : micros((Instant) literal);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> decimal(BigDecimal literal, int scale) {
    try {
      return Optional.of(literal.setScale(scale));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(byte[] utf8) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> micros(Instant time) {
    if (time.getNano() % NANOS_PER_MICRO != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Math.addExact(
              Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
              time.getNano() / NANOS_PER_MICRO));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Expression> in(ColumnRef column, List<?> literals) {
    if (literals.get(0) instanceof Double) {
      return anyOf(literals.stream().map(l -> compare(column, Operator.EQUAL, l)).toList());
    }
    List<Object> values = new ArrayList<>();
    for (Object literal : literals) {
      value(column, literal).ifPresent(values::add);
    }
    return values.size() < literals.size()
        ? Optional.empty()
        : name(column).map(name -> Expressions.in(name, values));
  }

  @Override
  public Optional<Expression> isNull(ColumnRef column) {
    return name(column).map(Expressions::isNull);
  }

  @Override
  public Optional<Expression> like(ColumnRef column, byte[] start, LikeRest rest) {
    return name(column)
        .flatMap(
            name ->
                text(start)
                    .filter(prefix -> !prefix.isEmpty() || rest == LikeRest.NOTHING)
                    .map(
                        prefix ->
                            rest == LikeRest.NOTHING
                                ? Expressions.equal(name, prefix)
                                : Expressions.startsWith(name, prefix)));
  }

  @Override
  public Optional<Expression> and(List<Predicate> operands) {
    return operands.stream()
        .map(this::translate)
        .flatMap(Optional::stream)
        .reduce(Expressions::and);
  }

  @Override
  public Optional<Expression> or(List<Predicate> operands) {
    return anyOf(operands.stream().map(this::translate).toList());
  }

  private static Optional<Expression> anyOf(List<Optional<Expression>> operands) {
    return operands.stream().allMatch(Optional::isPresent)
        ? operands.stream().map(Optional::orElseThrow).reduce(Expressions::or)
        : Optional.empty();
  }

  /** A weaker condition cannot be negated, so only what is exact is. */
  @Override
  public Optional<Expression> not(Predicate operand) {
    return operand.accept(new Negation());
  }

  @Override
  public Optional<Expression> is(Predicate operand, Truth truth) {
    return truth == Truth.TRUE ? translate(operand) : Optional.empty();
  }

  /** What makes a condition FALSE. */
  private final class Negation implements PredicateVisitor<Optional<Expression>> {

    @Override
    public Optional<Expression> constant(Truth truth) {
      return Optional.of(
          truth == Truth.FALSE ? Expressions.alwaysTrue() : Expressions.alwaysFalse());
    }

    @Override
    public Optional<Expression> column(ColumnRef column) {
      return name(column).map(name -> Expressions.equal(name, false));
    }

    /** Comparisons with NaN are FALSE, so those of numbers have no opposite. */
    @Override
    public Optional<Expression> compare(ColumnRef column, Operator operator, Object literal) {
      if (literal instanceof Double) {
        return Optional.empty();
      }
      Operator opposite =
          switch (operator) {
            case EQUAL -> Operator.NOT_EQUAL;
            case NOT_EQUAL -> Operator.EQUAL;
            case LESS -> Operator.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Operator.GREATER;
            case GREATER -> Operator.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Operator.LESS;
          };
      return PredicateToExpression.this.compare(column, opposite, literal);
    }

    @Override
    public Optional<Expression> in(ColumnRef column, List<?> literals) {
      return Optional.empty();
    }

    @Override
    public Optional<Expression> isNull(ColumnRef column) {
      return name(column).map(Expressions::notNull);
    }

    @Override
    public Optional<Expression> like(ColumnRef column, byte[] start, LikeRest rest) {
      return Optional.empty();
    }

    @Override
    public Optional<Expression> and(List<Predicate> operands) {
      return anyOf(operands.stream().map(o -> o.accept(this)).toList());
    }

    @Override
    public Optional<Expression> or(List<Predicate> operands) {
      return operands.stream()
          .map(o -> o.accept(this))
          .flatMap(Optional::stream)
          .reduce(Expressions::and);
    }

    @Override
    public Optional<Expression> not(Predicate operand) {
      return translate(operand);
    }

    @Override
    public Optional<Expression> is(Predicate operand, Truth truth) {
      return Optional.empty();
    }
  }
}
