package io.fluss.typed;

import io.fluss.predicate.ColumnRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Java values in Flink's internal form, to be compared with those of a column. */
final class FilterValues {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private FilterValues() {}

  static Optional<Object> internal(
      ColumnRef column, @Nullable Object value, List<String> problems) {
    if (value == null) {
      problems.add(
          "Column '"
              + column.name()
              + "' is compared with null, which no row matches. Use isNull or isNotNull.");
      return Optional.empty();
    }
    Object internal = internal(column, value);
    if (internal == null) {
      problems.add(
          "Column '"
              + column.name()
              + "' is "
              + column.type().asSummaryString()
              + " and cannot be compared with "
              + value
              + " ("
              + value.getClass().getSimpleName()
              + "); it can with "
              + JavaTypes.allowed(column.type())
              + ".");
    }
    return Optional.ofNullable(internal);
  }

  @Nullable
  private static Object internal(ColumnRef column, Object value) {
    return switch (column.type().getTypeRoot()) {
      case BOOLEAN -> value instanceof Boolean ? value : null;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> isWhole(value) ? value : null;
      case FLOAT, DOUBLE -> value instanceof Number ? value : null;
      case DECIMAL -> decimal(value);
      case CHAR, VARCHAR -> text(value);
      case BINARY, VARBINARY -> value instanceof byte[] ? value : null;
      case DATE -> value instanceof LocalDate day ? (Object) (int) day.toEpochDay() : null;
      case TIME_WITHOUT_TIME_ZONE ->
          value instanceof LocalTime time
              ? (Object) (int) (time.toNanoOfDay() / NANOS_PER_MILLI)
              : null;
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          value instanceof LocalDateTime time ? TimestampData.fromLocalDateTime(time) : null;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          value instanceof Instant time ? TimestampData.fromInstant(time) : null;
      default -> null;
    };
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  @Nullable
  private static Object decimal(Object value) {
    BigDecimal decimal =
        value instanceof BigDecimal given
            ? given
            : isWhole(value) ? BigDecimal.valueOf(((Number) value).longValue()) : null;
    if (decimal == null) {
      return null;
    }
    int scale = Math.max(0, decimal.scale());
    BigDecimal scaled = decimal.setScale(scale);
    return DecimalData.fromBigDecimal(scaled, Math.max(scaled.precision(), scale), scale);
  }

  @Nullable
  private static Object text(Object value) {
    if (value instanceof Enum<?> constant) {
      return StringData.fromString(constant.name());
    }
    return value instanceof String text ? StringData.fromString(text) : null;
  }
}
