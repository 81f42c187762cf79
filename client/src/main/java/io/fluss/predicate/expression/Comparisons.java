package io.fluss.predicate.expression;

import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** Comparisons of a column with a literal, whose type may be another one. */
final class Comparisons {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Whole numbers up to this are all doubles. */
  private static final long EXACT_DOUBLE = 1L << 53;

  private static final long EXACT_FLOAT = 1L << 24;

  /** Powers of ten up to this are all doubles. */
  private static final int EXACT_POWER_OF_TEN = 22;

  private static final int ISO_DATE_LENGTH = "2025-01-01".length();

  private Comparisons() {}

  /**
   * @param comparedAs the column's type, or the one it is cast to, which holds all of its values
   * @return empty where the literal is null or of a type that Flink compares in another way
   */
  static Optional<Predicate> compare(
      ColumnRef column, LogicalType comparedAs, Operator operator, ValueLiteralExpression literal) {
    LogicalType type = literal.getOutputDataType().getLogicalType();
    if (literal.isNull()) {
      return Optional.empty();
    }
    return switch (column.type().getTypeRoot()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          ExactCasts.keepsValues(column.type(), type) || isExact(type)
              ? whole(literal).map(v -> Predicate.compare(column, operator, v))
              : Optional.empty();
      case FLOAT, DOUBLE -> floating(column, comparedAs, operator, literal);
      case DECIMAL -> isExact(type) ? decimal(column, operator, literal) : Optional.empty();
      case DATE -> date(operator, literal).map(v -> Predicate.compare(column, operator, v));
      default -> ofOwnType(column.type(), literal).map(v -> Predicate.compare(column, operator, v));
    };
  }

  /** Whether values of the type are compared with decimals and whole numbers without rounding. */
  private static boolean isExact(LogicalType type) {
    return type.is(LogicalTypeFamily.EXACT_NUMERIC);
  }

  private static Optional<Long> whole(ValueLiteralExpression literal) {
    try {
      return number(literal).map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty(); // has a fraction, or is out of range
    }
  }

  private static Optional<Predicate> decimal(
      ColumnRef column, Operator operator, ValueLiteralExpression literal) {
    return number(literal)
        .filter(v -> v.precision() <= DecimalType.MAX_PRECISION && v.scale() >= 0)
        .map(v -> DecimalData.fromBigDecimal(v, DecimalType.MAX_PRECISION, v.scale()))
        .map(v -> Predicate.compare(column, operator, v));
  }

  private static Optional<Predicate> floating(
      ColumnRef column, LogicalType comparedAs, Operator operator, ValueLiteralExpression literal) {
    LogicalType type = literal.getOutputDataType().getLogicalType();
    if (type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
      return literal
          .getValueAs(type.getDefaultConversion())
          .map(v -> Predicate.compare(column, operator, ((Number) v).doubleValue()));
    }
    long exactUpTo = comparedAs instanceof FloatType ? EXACT_FLOAT : EXACT_DOUBLE;
    return number(literal)
        .filter(v -> v.scale() >= 0 && v.scale() <= EXACT_POWER_OF_TEN)
        .filter(v -> v.unscaledValue().abs().compareTo(BigInteger.valueOf(exactUpTo)) <= 0)
        .flatMap(
            v ->
                type instanceof DecimalType
                    ? withDecimal(column, operator, v)
                    : Optional.of(Predicate.compare(column, operator, v.doubleValue())));
  }

  /**
   * Flink compares by {@link Double#compare} here: NaN comes last, and -0 before 0, so it is left
   * alone.
   */
  private static Optional<Predicate> withDecimal(
      ColumnRef column, Operator operator, BigDecimal literal) {
    if (literal.signum() == 0) {
      return Optional.empty();
    }
    double value = literal.doubleValue();
    return Optional.of(
        switch (operator) {
          case GREATER -> Predicate.not(Predicate.compare(column, Operator.LESS_OR_EQUAL, value));
          case GREATER_OR_EQUAL -> Predicate.not(Predicate.compare(column, Operator.LESS, value));
          default -> Predicate.compare(column, operator, value);
        });
  }

  /** What a date is compared with; for equality Flink takes a string as it is. */
  private static Optional<Integer> date(Operator operator, ValueLiteralExpression literal) {
    LogicalType type = literal.getOutputDataType().getLogicalType();
    Optional<LocalDate> date = Optional.empty();
    if (type instanceof DateType) {
      date = literal.getValueAs(LocalDate.class);
    } else if (operator == Operator.EQUAL && type.is(LogicalTypeFamily.CHARACTER_STRING)) {
      date = literal.getValueAs(String.class).flatMap(Comparisons::isoDate);
    }
    return date.map(v -> (int) v.toEpochDay());
  }

  private static Optional<LocalDate> isoDate(String text) {
    try {
      return text.length() == ISO_DATE_LENGTH
          ? Optional.of(LocalDate.parse(text))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The literal in Flink's internal form where it is of the column's kind. */
  private static Optional<Object> ofOwnType(LogicalType column, ValueLiteralExpression literal) {
    LogicalType type = literal.getOutputDataType().getLogicalType();
    if (column.is(LogicalTypeFamily.CHARACTER_STRING)) {
      return type.is(LogicalTypeFamily.CHARACTER_STRING)
          ? literal.getValueAs(String.class).map(StringData::fromString)
          : Optional.empty();
    }
    if (column.is(LogicalTypeFamily.BINARY_STRING)) {
      return type.is(LogicalTypeFamily.BINARY_STRING)
          ? literal.getValueAs(byte[].class).map(v -> v)
          : Optional.empty();
    }
    if (column.getTypeRoot() != type.getTypeRoot()) {
      return Optional.empty();
    }
    return switch (column.getTypeRoot()) {
      case BOOLEAN -> literal.getValueAs(Boolean.class).map(v -> v);
      case TIME_WITHOUT_TIME_ZONE ->
          literal
              .getValueAs(LocalTime.class)
              .filter(v -> v.getNano() % NANOS_PER_MILLI == 0)
              .map(v -> (int) (v.toNanoOfDay() / NANOS_PER_MILLI));
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          literal.getValueAs(LocalDateTime.class).map(TimestampData::fromLocalDateTime);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          literal.getValueAs(Instant.class).map(TimestampData::fromInstant);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> number(ValueLiteralExpression literal) {
    LogicalType type = literal.getOutputDataType().getLogicalType();
    if (!type.is(LogicalTypeFamily.NUMERIC)) {
      return Optional.empty();
    }
    if (type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
      return literal
          .getValueAs(type.getDefaultConversion())
          .map(v -> ((Number) v).doubleValue())
          .filter(Double::isFinite)
          .map(BigDecimal::new);
    }
    return literal.getValueAs(BigDecimal.class);
  }
}
