package io.fluss.lake.iceberg;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.iceberg.PartitionSpec;

/** How a column's values become partitions, as {@code table.datalake.iceberg.partitioning} says. */
enum PartitionTransform {
  IDENTITY(Set.of("identity"), false, Family.SCALARS),
  BUCKET(Set.of("bucket"), true, Family.HASHED),
  TRUNCATE(Set.of("truncate"), true, Family.TRUNCATED),
  YEARS(Set.of("years", "year"), false, Family.DATES),
  MONTHS(Set.of("months", "month"), false, Family.DATES),
  DAYS(Set.of("days", "day"), false, Family.DATES),
  HOURS(Set.of("hours", "hour"), false, Family.TIMESTAMPS);

  private final Set<String> names;
  private final boolean withNumber;
  private final Family family;

  PartitionTransform(Set<String> names, boolean withNumber, Family family) {
    this.names = names;
    this.withNumber = withNumber;
    this.family = family;
  }

  static Optional<PartitionTransform> named(String name) {
    return Arrays.stream(values())
        .filter(t -> t.names.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** Whether it is written with a number: {@code bucket(16, id)}. */
  boolean hasNumber() {
    return withNumber;
  }

  boolean takes(LogicalType type) {
    return family.roots.contains(type.getTypeRoot());
  }

  /** What it takes, for messages. */
  String takes() {
    return family.text;
  }

  void addTo(PartitionSpec.Builder spec, String column, int number) {
    switch (this) {
      case IDENTITY -> spec.identity(column);
      case BUCKET -> spec.bucket(column, number);
      case TRUNCATE -> spec.truncate(column, number);
      case YEARS -> spec.year(column);
      case MONTHS -> spec.month(column);
      case DAYS -> spec.day(column);
      case HOURS -> spec.hour(column);
    }
  }

  /** Types that transforms have in common. */
  private enum Family {
    SCALARS(
        "columns that are not nested",
        List.of(
            LogicalTypeRoot.BOOLEAN,
            LogicalTypeRoot.TINYINT,
            LogicalTypeRoot.SMALLINT,
            LogicalTypeRoot.INTEGER,
            LogicalTypeRoot.BIGINT,
            LogicalTypeRoot.FLOAT,
            LogicalTypeRoot.DOUBLE,
            LogicalTypeRoot.DECIMAL,
            LogicalTypeRoot.CHAR,
            LogicalTypeRoot.VARCHAR,
            LogicalTypeRoot.BINARY,
            LogicalTypeRoot.VARBINARY,
            LogicalTypeRoot.DATE,
            LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)),
    HASHED(
        "whole numbers, DECIMAL, strings, bytes, DATE, TIME and timestamps",
        List.of(
            LogicalTypeRoot.TINYINT,
            LogicalTypeRoot.SMALLINT,
            LogicalTypeRoot.INTEGER,
            LogicalTypeRoot.BIGINT,
            LogicalTypeRoot.DECIMAL,
            LogicalTypeRoot.CHAR,
            LogicalTypeRoot.VARCHAR,
            LogicalTypeRoot.BINARY,
            LogicalTypeRoot.VARBINARY,
            LogicalTypeRoot.DATE,
            LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)),
    TRUNCATED(
        "whole numbers, DECIMAL, strings and bytes",
        List.of(
            LogicalTypeRoot.TINYINT,
            LogicalTypeRoot.SMALLINT,
            LogicalTypeRoot.INTEGER,
            LogicalTypeRoot.BIGINT,
            LogicalTypeRoot.DECIMAL,
            LogicalTypeRoot.CHAR,
            LogicalTypeRoot.VARCHAR,
            LogicalTypeRoot.BINARY,
            LogicalTypeRoot.VARBINARY)),
    DATES(
        "DATE, TIMESTAMP and TIMESTAMP_LTZ",
        List.of(
            LogicalTypeRoot.DATE,
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)),
    TIMESTAMPS(
        "TIMESTAMP and TIMESTAMP_LTZ",
        List.of(
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE));

    private final String text;
    private final List<LogicalTypeRoot> roots;

    Family(String text, List<LogicalTypeRoot> roots) {
      this.text = text;
      this.roots = roots;
    }
  }
}
