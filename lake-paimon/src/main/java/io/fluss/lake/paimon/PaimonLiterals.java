package io.fluss.lake.paimon;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;

/** Literals of conditions as Paimon has them. */
final class PaimonLiterals {

  private static final int NANOS_PER_SECOND_DIGITS = 9;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private PaimonLiterals() {}

  /**
   * A literal, in the form that {@link io.fluss.predicate.PredicateVisitor} tells, as a value of a
   * column's type.
   *
   * @return empty where the type has no such value, or Paimon orders its values in another way: it
   *     tells -0 from 0, and takes bytes as signed
   */
  static Optional<Object> of(LogicalType type, Object literal) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN, CHAR, VARCHAR ->
          Optional.of(literal instanceof byte[] utf8 ? BinaryString.fromBytes(utf8) : literal);
      case TINYINT -> within(literal, Byte.MIN_VALUE, Byte.MAX_VALUE).map(Long::byteValue);
      case SMALLINT -> within(literal, Short.MIN_VALUE, Short.MAX_VALUE).map(Long::shortValue);
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE ->
          within(literal, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
      case BIGINT -> Optional.of(literal);
      case FLOAT ->
          number(literal).filter(n -> n.doubleValue() == n.floatValue()).map(Double::floatValue);
      case DOUBLE -> number(literal).map(n -> n);
      case DECIMAL -> decimal(type, (BigDecimal) literal);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(type, (Instant) literal);
      default -> Optional.empty();
    };
  }

  private static Optional<Long> within(Object literal, long min, long max) {
    long number = (Long) literal;
    return number >= min && number <= max ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Double> number(Object literal) {
    double number = (Double) literal;
    return number == 0 || Double.isNaN(number) ? Optional.empty() : Optional.of(number);
  }

  private static Optional<Object> decimal(LogicalType type, BigDecimal literal) {
    int precision = LogicalTypeChecks.getPrecision(type);
    int scale = LogicalTypeChecks.getScale(type);
    return literal.scale() > scale
        ? Optional.empty()
        : Optional.ofNullable(Decimal.fromBigDecimal(literal, precision, scale));
  }

  /** Finer values than the type has would be cut somewhere on the way into a file's format. */
  private static Optional<Object> timestamp(LogicalType type, Instant literal) {
    int step = (int) Math.pow(10, NANOS_PER_SECOND_DIGITS - LogicalTypeChecks.getPrecision(type));
    return literal.getNano() % step != 0
        ? Optional.empty()
        : Optional.of(
            Timestamp.fromEpochMillis(literal.toEpochMilli(), literal.getNano() % NANOS_PER_MILLI));
  }
}
