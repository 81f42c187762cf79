package io.fluss.predicate.expression;

import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Casts that leave every value what it is: nothing is rounded, cut off, padded or out of range. */
final class ExactCasts {

  private static final int FLOAT_DIGITS = 7;
  private static final int DOUBLE_DIGITS = 15;

  private ExactCasts() {}

  /** Whether types differ at most in whether they may be null. */
  static boolean sameType(LogicalType left, LogicalType right) {
    return left.copy(true).equals(right.copy(true));
  }

  static boolean keepsValues(LogicalType from, LogicalType to) {
    if (sameType(from, to)) {
      return true;
    }
    LogicalTypeRoot target = to.getTypeRoot();
    return switch (from.getTypeRoot()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> holdsWhole(to, digits(from));
      case FLOAT -> target == LogicalTypeRoot.DOUBLE;
      case DECIMAL -> target == LogicalTypeRoot.DECIMAL && holdsDecimal((DecimalType) to, from);
      case CHAR, VARCHAR -> target == LogicalTypeRoot.VARCHAR && isAsLong(from, to);
      case BINARY, VARBINARY -> target == LogicalTypeRoot.VARBINARY && isAsLong(from, to);
      case TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          target == from.getTypeRoot()
              && LogicalTypeChecks.getPrecision(to) >= LogicalTypeChecks.getPrecision(from);
      default -> false;
    };
  }

  private static boolean holdsWhole(LogicalType type, int digits) {
    return switch (type.getTypeRoot()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> digits(type) >= digits;
      case DECIMAL ->
          ((DecimalType) type).getPrecision() - ((DecimalType) type).getScale() >= digits;
      case FLOAT -> digits <= FLOAT_DIGITS;
      case DOUBLE -> digits <= DOUBLE_DIGITS;
      default -> false;
    };
  }

  /** Decimal digits of the largest value. */
  private static int digits(LogicalType whole) {
    return switch (whole.getTypeRoot()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      default -> 19;
    };
  }

  private static boolean holdsDecimal(DecimalType to, LogicalType from) {
    int scale = LogicalTypeChecks.getScale(from);
    return to.getScale() >= scale
        && to.getPrecision() - to.getScale() >= LogicalTypeChecks.getPrecision(from) - scale;
  }

  private static boolean isAsLong(LogicalType from, LogicalType to) {
    return LogicalTypeChecks.getLength(to) >= LogicalTypeChecks.getLength(from);
  }
}
