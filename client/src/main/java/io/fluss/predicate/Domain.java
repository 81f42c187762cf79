package io.fluss.predicate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Types whose values are compared alike. A value of Flink's internal form has one form here, which
 * is serializable and comparable with all values of its domain, whatever precision or length their
 * types have.
 */
enum Domain {
  /** {@link Boolean}; FALSE comes first. */
  BOOLEANS,
  /** {@link Long}. */
  WHOLE_NUMBERS,
  /** {@link Double}; compared as Java's primitives are, so nothing equals NaN, and 0 is -0. */
  FLOATS,
  /** {@link BigDecimal} without trailing zeros. */
  DECIMALS,
  /** {@link Bytes} of the UTF-8 form: CHARs are not padded, as Flink does not pad them. */
  STRINGS,
  /** {@link Bytes}. */
  BINARIES,
  /** {@link Long}, days since 1970. */
  DATES,
  /** {@link Long}, milliseconds of the day. */
  TIMES,
  /** {@link Instant}, of the time as if in UTC. */
  TIMESTAMPS,
  /** {@link Instant}. */
  LOCAL_ZONED_TIMESTAMPS;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Of a scalar type; empty for others. */
  static Optional<Domain> of(LogicalType type) {
    return Optional.ofNullable(
        switch (type.getTypeRoot()) {
          case BOOLEAN -> BOOLEANS;
          case TINYINT, SMALLINT, INTEGER, BIGINT -> WHOLE_NUMBERS;
          case FLOAT, DOUBLE -> FLOATS;
          case DECIMAL -> DECIMALS;
          case CHAR, VARCHAR -> STRINGS;
          case BINARY, VARBINARY -> BINARIES;
          case DATE -> DATES;
          case TIME_WITHOUT_TIME_ZONE -> TIMES;
          case TIMESTAMP_WITHOUT_TIME_ZONE -> TIMESTAMPS;
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> LOCAL_ZONED_TIMESTAMPS;
          default -> null;
        });
  }

  /**
   * A value of Flink's internal form, of any type of this domain, in the form it has here.
   *
   * @throws ClassCastException where it is not of this domain
   */
  Comparable<?> value(Object internal) {
    return switch (this) {
      case BOOLEANS -> (Boolean) internal;
      case WHOLE_NUMBERS, DATES, TIMES -> (Comparable<?>) (Long) ((Number) internal).longValue();
      case FLOATS -> ((Number) internal).doubleValue();
      case DECIMALS -> ((DecimalData) internal).toBigDecimal().stripTrailingZeros();
      case STRINGS -> new Bytes(((StringData) internal).toBytes());
      case BINARIES -> new Bytes((byte[]) internal);
      case TIMESTAMPS, LOCAL_ZONED_TIMESTAMPS -> instant((TimestampData) internal);
    };
  }

  private static Instant instant(TimestampData value) {
    return Instant.ofEpochMilli(value.getMillisecond()).plusNanos(value.getNanoOfMillisecond());
  }

  /** The order of two values of this domain that are not NaN. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // values of one domain are of one class
  static int order(Comparable<?> left, Comparable<?> right) {
    if (left instanceof Double) {
      double l = (Double) left;
      double r = (Double) right;
      return l < r ? -1 : l > r ? 1 : 0;
    }
    return ((Comparable) left).compareTo(right);
  }

  /** A value of a domain as {@link PredicateVisitor} tells it. */
  static Object plain(Comparable<?> value) {
    return value instanceof Bytes bytes ? bytes.array() : value;
  }

  static boolean isNaN(Comparable<?> value) {
    return value instanceof Double number && number.isNaN();
  }

  /** A value as SQL writes it. */
  String sql(Comparable<?> value) {
    return switch (this) {
      case BOOLEANS -> value.toString().toUpperCase(Locale.ROOT);
      case WHOLE_NUMBERS, FLOATS -> value.toString();
      case DECIMALS -> ((BigDecimal) value).toPlainString();
      case STRINGS -> quoted(text((Bytes) value));
      case BINARIES ->
          "X'" + HexFormat.of().withUpperCase().formatHex(((Bytes) value).array()) + "'";
      case DATES -> "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
      case TIMES -> "TIME '" + LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MILLI) + "'";
      case TIMESTAMPS ->
          "TIMESTAMP '"
              + LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC)
                  .toString()
                  .replace('T', ' ')
              + "'";
      case LOCAL_ZONED_TIMESTAMPS -> "TIMESTAMP_LTZ '" + value.toString().replace('T', ' ') + "'";
    };
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String text(Bytes value) {
    return new String(value.array(), StandardCharsets.UTF_8);
  }
}
