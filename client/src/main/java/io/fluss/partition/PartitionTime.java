package io.fluss.partition;

import io.fluss.options.AutoPartitionTimeUnit;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the time of a partition is written: text to the time at which it begins, and back.
 *
 * <p>A pattern has letters of fixed width only, so there is one way to read a text. Immutable.
 */
final class PartitionTime {

  private static final Map<Character, TemporalField> FIELDS =
      Map.of(
          'y', ChronoField.YEAR,
          'M', ChronoField.MONTH_OF_YEAR,
          'd', ChronoField.DAY_OF_MONTH,
          'H', ChronoField.HOUR_OF_DAY,
          'Q', IsoFields.QUARTER_OF_YEAR);

  private final AutoPartitionTimeUnit unit;
  private final DateTimeFormatter formatter;

  /**
   * @param pattern letters y, M, d, H, Q; all that is no letter stands for itself
   * @throws IllegalArgumentException where it has other letters, or cannot tell two times of the
   *     unit apart
   */
  PartitionTime(AutoPartitionTimeUnit unit, String pattern) {
    this.unit = unit;
    this.formatter = formatter(unit, pattern);
    LocalDateTime probe = begin(LocalDateTime.of(2024, 12, 31, 23, 0));
    if (!parse(format(probe)).equals(Optional.of(probe))) {
      throw new IllegalArgumentException(
          "'" + pattern + "' does not tell one " + unit + " from another");
    }
  }

  private static DateTimeFormatter formatter(AutoPartitionTimeUnit unit, String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int end = i + 1;
      while (end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      if (FIELDS.containsKey(c)) {
        builder.appendValue(FIELDS.get(c), end - i);
      } else if (Character.isLetter(c)) {
        throw new IllegalArgumentException(
            "'" + pattern + "' has the letter '" + c + "'; there are y, M, d, H and Q");
      } else {
        builder.appendLiteral(pattern.substring(i, end));
      }
      i = end;
    }
    if (unit == AutoPartitionTimeUnit.QUARTER) {
      builder.parseDefaulting(IsoFields.DAY_OF_QUARTER, 1);
    } else {
      builder
          .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
    }
    return builder
        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
        .toFormatter()
        .withResolverStyle(ResolverStyle.STRICT);
  }

  String format(LocalDateTime time) {
    return formatter.format(time);
  }

  /** When the partition of this text begins; empty where the text is not such a time. */
  Optional<LocalDateTime> parse(String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      return Optional.of(
              LocalDateTime.of(Objects.requireNonNull(date), Objects.requireNonNull(time)))
          .filter(begin -> format(begin).equals(text));
    } catch (DateTimeException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /** When the partition that a time belongs to begins. */
  LocalDateTime begin(LocalDateTime time) {
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day;
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  /** When the partition begins that is so many later, or earlier where negative. */
  LocalDateTime plus(LocalDateTime begin, int partitions) {
    return switch (unit) {
      case HOUR -> begin.plusHours(partitions);
      case DAY -> begin.plusDays(partitions);
      case MONTH -> begin.plusMonths(partitions);
      case QUARTER -> begin.plusMonths(3L * partitions);
      case YEAR -> begin.plusYears(partitions);
    };
  }
}
