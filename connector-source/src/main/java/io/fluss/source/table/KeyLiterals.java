package io.fluss.source.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Literals in filters as values of key columns. */
final class KeyLiterals {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int MILLIS_PRECISION = 3;

  /** Each holds the values of those before it. */
  private static final List<LogicalTypeRoot> INTEGERS =
      List.of(
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT);

  private KeyLiterals() {}

  /**
   * The only value of the column that equals the literal, in Flink's internal form; empty where
   * there may be none, or several.
   */
  static Optional<Object> valueOf(ValueLiteralExpression literal, LogicalType column) {
    return switch (column.getTypeRoot()) {
      case BOOLEAN -> literal.getValueAs(Boolean.class).map(v -> v);
      case TINYINT -> exact(literal, BigDecimal::byteValueExact);
      case SMALLINT -> exact(literal, BigDecimal::shortValueExact);
      case INTEGER -> exact(literal, BigDecimal::intValueExact);
      case BIGINT -> exact(literal, BigDecimal::longValueExact);
      case FLOAT ->
          literal
              .getValueAs(BigDecimal.class)
              .filter(v -> new BigDecimal(v.floatValue()).compareTo(doubleOf(v)) == 0)
              .map(BigDecimal::floatValue);
      case DOUBLE -> literal.getValueAs(BigDecimal.class).map(BigDecimal::doubleValue);
      case CHAR, VARCHAR -> literal.getValueAs(String.class).map(StringData::fromString);
      case BINARY, VARBINARY -> literal.getValueAs(byte[].class).map(v -> v);
      case DECIMAL -> decimal(literal, (DecimalType) column);
      case DATE -> literal.getValueAs(LocalDate.class).map(v -> (int) v.toEpochDay());
      case TIME_WITHOUT_TIME_ZONE ->
          literal
              .getValueAs(LocalTime.class)
              .filter(v -> v.getNano() % NANOS_PER_MILLI == 0)
              .map(v -> (int) (v.toNanoOfDay() / NANOS_PER_MILLI));
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          literal
              .getValueAs(LocalDateTime.class)
              .map(TimestampData::fromLocalDateTime)
              .flatMap(v -> stored(v, column));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          literal
              .getValueAs(Instant.class)
              .map(TimestampData::fromInstant)
              .flatMap(v -> stored(v, column));
      default -> Optional.empty();
    };
  }

  /** What a literal is when it is compared as DOUBLE, exactly. */
  private static BigDecimal doubleOf(BigDecimal value) {
    return new BigDecimal(value.doubleValue());
  }

  private static Optional<Object> exact(
      ValueLiteralExpression literal, Function<BigDecimal, Object> value) {
    try {
      return literal.getValueAs(BigDecimal.class).map(value);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> decimal(ValueLiteralExpression literal, DecimalType column) {
    Optional<BigDecimal> wanted = literal.getValueAs(BigDecimal.class);
    return wanted
        .map(v -> DecimalData.fromBigDecimal(v, column.getPrecision(), column.getScale()))
        .filter(v -> v.toBigDecimal().compareTo(wanted.get()) == 0)
        .map(v -> v);
  }

  /** Keys hold milliseconds, or nanoseconds. */
  private static Optional<Object> stored(TimestampData value, LogicalType column) {
    boolean fits =
        LogicalTypeChecks.getPrecision(column) > MILLIS_PRECISION
            || value.getNanoOfMillisecond() == 0;
    return fits ? Optional.of(value) : Optional.empty();
  }

  /** Whether different values stay different, and the same value, when cast. */
  static boolean widens(LogicalType from, LogicalType to) {
    LogicalTypeRoot source = from.getTypeRoot();
    LogicalTypeRoot target = to.getTypeRoot();
    if (INTEGERS.contains(source)) {
      return INTEGERS.indexOf(target) >= INTEGERS.indexOf(source)
          || target == LogicalTypeRoot.DECIMAL && ((DecimalType) to).getScale() == 0
          || target == LogicalTypeRoot.DOUBLE && source != LogicalTypeRoot.BIGINT;
    }
    return switch (source) {
      case FLOAT -> target == LogicalTypeRoot.DOUBLE || target == source;
      case CHAR, VARCHAR ->
          target == LogicalTypeRoot.VARCHAR
              && LogicalTypeChecks.getLength(to) >= LogicalTypeChecks.getLength(from);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          target == source
              && LogicalTypeChecks.getPrecision(to) >= LogicalTypeChecks.getPrecision(from);
      case DECIMAL ->
          target == source
              && LogicalTypeChecks.getScale(to) >= LogicalTypeChecks.getScale(from)
              && LogicalTypeChecks.getPrecision(to) - LogicalTypeChecks.getScale(to)
                  >= LogicalTypeChecks.getPrecision(from) - LogicalTypeChecks.getScale(from);
      default -> from.copy(true).equals(to.copy(true));
    };
  }
}
