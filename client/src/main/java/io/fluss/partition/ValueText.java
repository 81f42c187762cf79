package io.fluss.partition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The text of a partition value, and back. Each value has one text, and equal values, as SQL
 * compares them, have the same; specified in {@code docs/format/partitions.md}. Values are in
 * Flink's internal form. Pure functions.
 */
final class ValueText {

  private static final DateTimeFormatter DATE = strict(DateTimeFormatter.ISO_LOCAL_DATE);

  private static final DateTimeFormatter TIME = strict(DateTimeFormatter.ISO_LOCAL_TIME);

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final String UTC = "Z";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ValueText() {}

  private static DateTimeFormatter strict(DateTimeFormatter formatter) {
    return formatter.withResolverStyle(ResolverStyle.STRICT);
  }

  /** Whether values of this type can name partitions. */
  static boolean isPossible(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN,
              TINYINT,
              SMALLINT,
              INTEGER,
              BIGINT,
              FLOAT,
              DOUBLE,
              DECIMAL,
              CHAR,
              VARCHAR,
              BINARY,
              VARBINARY,
              DATE,
              TIME_WITHOUT_TIME_ZONE,
              TIMESTAMP_WITHOUT_TIME_ZONE,
              TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          true;
      default -> false;
    };
  }

  /** The text of a value, which is not null. */
  static String format(LogicalType type, Object value) {
    return switch (type.getTypeRoot()) {
      case FLOAT -> String.valueOf((float) value == 0 ? 0.0f : (float) value);
      case DOUBLE -> String.valueOf((double) value == 0 ? 0.0d : (double) value);
      case DECIMAL -> ((DecimalData) value).toBigDecimal().toPlainString();
      case BINARY, VARBINARY -> HexFormat.of().formatHex((byte[]) value);
      case DATE -> DATE.format(LocalDate.ofEpochDay((int) value));
      case TIME_WITHOUT_TIME_ZONE ->
          TIME.format(LocalTime.ofNanoOfDay((int) value * NANOS_PER_MILLI));
      case TIMESTAMP_WITHOUT_TIME_ZONE -> TIMESTAMP.format(dateTime((TimestampData) value));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TIMESTAMP.format(dateTime((TimestampData) value)) + UTC;
      default -> value.toString();
    };
  }

  /** Right for all times; {@code toLocalDateTime} is for some million years only. */
  private static LocalDateTime dateTime(TimestampData value) {
    long millis = value.getMillisecond();
    int nanos = Math.floorMod(millis, 1000) * (int) NANOS_PER_MILLI;
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000), nanos + value.getNanoOfMillisecond(), ZoneOffset.UTC);
  }

  /**
   * The value of a text, which need not be the one that {@link #format} gives. Lengths of strings
   * are not looked at: Flink does not hold rows to them either.
   *
   * @return empty where no value of the type has this text
   */
  static Optional<Object> parse(LogicalType type, String text) {
    try {
      return Optional.ofNullable(parsed(type, text));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Object parsed(LogicalType type, String text) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> bool(text);
      case TINYINT -> Byte.parseByte(text);
      case SMALLINT -> Short.parseShort(text);
      case INTEGER -> Integer.parseInt(text);
      case BIGINT -> Long.parseLong(text);
      case FLOAT -> Float.parseFloat(text);
      case DOUBLE -> Double.parseDouble(text);
      case DECIMAL -> decimal((DecimalType) type, text);
      case CHAR, VARCHAR -> StringData.fromString(text);
      case BINARY, VARBINARY -> HexFormat.of().parseHex(text);
      case DATE -> (int) LocalDate.parse(text, DATE).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE -> time(text);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(type, text);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> utcTimestamp(type, text);
      default -> throw new IllegalArgumentException("No values of " + type + " in partitions");
    };
  }

  private static boolean bool(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException(text);
  }

  private static Object decimal(DecimalType type, String text) {
    BigDecimal exact = new BigDecimal(text).setScale(type.getScale());
    return DecimalData.fromBigDecimal(exact, type.getPrecision(), type.getScale());
  }

  /** Internally a time has milliseconds, whatever its type says. */
  private static int time(String text) {
    long nanos = LocalTime.parse(text, TIME).toNanoOfDay();
    if (nanos % NANOS_PER_MILLI != 0) {
      throw new IllegalArgumentException("finer than milliseconds: " + text);
    }
    return (int) (nanos / NANOS_PER_MILLI);
  }

  private static TimestampData timestamp(LogicalType type, String text) {
    LocalDateTime time;
    try {
      time = LocalDateTime.parse(text, TIMESTAMP);
    } catch (DateTimeParseException e) {
      time = LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
    int unit = (int) Math.pow(10, 9 - LogicalTypeChecks.getPrecision(type));
    if (time.getNano() % unit != 0) {
      throw new IllegalArgumentException("finer than " + type + ": " + text);
    }
    return TimestampData.fromLocalDateTime(time);
  }

  private static TimestampData utcTimestamp(LogicalType type, String text) {
    if (!text.endsWith(UTC)) {
      throw new IllegalArgumentException("without time zone: " + text);
    }
    return timestamp(type, text.substring(0, text.length() - UTC.length()));
  }
}
