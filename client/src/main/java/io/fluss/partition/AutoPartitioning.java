package io.fluss.partition;

import io.fluss.options.AutoPartitionTimeUnit;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Which partitions of a table should be there at a time, and which no more: what its options {@code
 * table.auto-partition.*} say. Immutable, thread-safe; needs no clock of its own.
 */
public final class AutoPartitioning {

  private static final String DATE_FORMAT = "yyyy-MM-dd";
  private static final int DEFAULT_PRECREATE = 2;

  private final int key;
  private final int keys;
  private final PartitionTime time;
  private final ZoneId zone;
  private final int precreate;
  private final int retention;

  private AutoPartitioning(Configuration options, List<String> partitionKeys, LogicalType keyType) {
    this.keys = partitionKeys.size();
    this.key = partitionKeys.indexOf(keyName(options, partitionKeys));
    this.time = time(options, keyType);
    this.zone =
        options
            .getOptional(TableOptions.AUTO_PARTITION_TIME_ZONE)
            .map(ZoneId::of)
            .orElse(ZoneId.systemDefault());
    this.precreate =
        options
            .getOptional(TableOptions.AUTO_PARTITION_NUM_PRECREATE)
            .orElse(keys == 1 ? DEFAULT_PRECREATE : 0);
    this.retention = options.get(TableOptions.AUTO_PARTITION_NUM_RETENTION);
  }

  /** Of a table; empty where its partitions come and go by statements and writers only. */
  public static Optional<AutoPartitioning> of(TableInfo table) {
    Configuration options = Configuration.fromMap(table.options());
    if (!table.isPartitioned() || !options.get(TableOptions.AUTO_PARTITION_ENABLED)) {
      return Optional.empty();
    }
    int field = table.rowType().getFieldIndex(keyName(options, table.partitionKeys()));
    return Optional.of(
        new AutoPartitioning(options, table.partitionKeys(), table.rowType().getTypeAt(field)));
  }

  private static String keyName(Configuration options, List<String> partitionKeys) {
    return options
        .getOptional(TableOptions.AUTO_PARTITION_KEY)
        .orElseGet(() -> partitionKeys.get(0));
  }

  private static PartitionTime time(Configuration options, LogicalType keyType) {
    AutoPartitionTimeUnit unit = options.get(TableOptions.AUTO_PARTITION_TIME_UNIT);
    return new PartitionTime(
        unit,
        keyType.is(LogicalTypeRoot.DATE)
            ? DATE_FORMAT
            : options.getOptional(TableOptions.AUTO_PARTITION_TIME_FORMAT).orElseGet(unit::format));
  }

  // ------------------------------------------------------------------------------- partitions

  /** The partitions that should be there; none where there are several keys. */
  public List<PartitionName> wanted(Instant now) {
    LocalDateTime current = current(now);
    return IntStream.range(0, precreate)
        .mapToObj(i -> PartitionName.of(time.format(time.plus(current, i))))
        .toList();
  }

  /** Whether a partition is older than the table keeps. One whose time is none never is. */
  public boolean isExpired(PartitionName partition, Instant now) {
    return retention >= 0
        && time.parse(partition.values().get(key))
            .filter(begin -> begin.isBefore(oldestKept(now)))
            .isPresent();
  }

  /** Why a partition should not be created at this time; empty where it may be. */
  public Optional<String> problem(PartitionName partition, Instant now) {
    String text = partition.values().get(key);
    if (time.parse(text).isEmpty()) {
      return Optional.of(
          "'" + text + "' is no time as '" + time.format(current(now)) + "', the current one, is");
    }
    return isExpired(partition, now)
        ? Optional.of(
            "'"
                + text
                + "' is older than '"
                + time.format(oldestKept(now))
                + "', the oldest that '"
                + TableOptions.AUTO_PARTITION_NUM_RETENTION.key()
                + "' = "
                + retention
                + " keeps, so its rows would be dropped at once")
        : Optional.empty();
  }

  private LocalDateTime current(Instant now) {
    return time.begin(LocalDateTime.ofInstant(now, zone));
  }

  private LocalDateTime oldestKept(Instant now) {
    return time.plus(current(now), -retention);
  }

  // ------------------------------------------------------------------------------------ rules

  /**
   * What is wrong with a table's options for this.
   *
   * @param options that can be read
   * @param types of the partition keys that exist, by name
   * @return sentences for the user; empty where they are fine
   */
  public static List<String> problems(
      Map<String, String> options, List<String> partitionKeys, Map<String, LogicalType> types) {
    Configuration given = Configuration.fromMap(options);
    List<String> problems = new ArrayList<>();
    if (!given.get(TableOptions.AUTO_PARTITION_ENABLED)) {
      return problems;
    }
    if (partitionKeys.isEmpty()) {
      return List.of(
          "'"
              + TableOptions.AUTO_PARTITION_ENABLED.key()
              + "' = 'true' is for tables that are PARTITIONED BY columns.");
    }
    zoneProblem(given).ifPresent(problems::add);
    countProblems(given, partitionKeys, problems);
    String key = given.get(TableOptions.AUTO_PARTITION_KEY);
    if (key == null && partitionKeys.size() > 1) {
      problems.add(
          "'"
              + TableOptions.AUTO_PARTITION_KEY.key()
              + "' is missing. Set it to the one of the partition keys "
              + partitionKeys
              + " that is a time.");
    } else if (key != null && !partitionKeys.contains(key)) {
      problems.add(
          "'"
              + TableOptions.AUTO_PARTITION_KEY.key()
              + "' is '"
              + key
              + "', which is none of the partition keys "
              + partitionKeys
              + ".");
    } else {
      String name = keyName(given, partitionKeys);
      timeProblem(given, name, types.get(name)).ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> zoneProblem(Configuration options) {
    String zone = options.get(TableOptions.AUTO_PARTITION_TIME_ZONE);
    try {
      if (zone != null) {
        ZoneId.of(zone);
      }
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of(
          "'"
              + TableOptions.AUTO_PARTITION_TIME_ZONE.key()
              + "' is '"
              + zone
              + "', which is no time zone. Write it as 'Europe/Berlin', '+02:00' or 'UTC'.");
    }
  }

  private static void countProblems(
      Configuration options, List<String> partitionKeys, List<String> problems) {
    String precreateKey = TableOptions.AUTO_PARTITION_NUM_PRECREATE.key();
    int precreate = options.getOptional(TableOptions.AUTO_PARTITION_NUM_PRECREATE).orElse(0);
    if (precreate < 0) {
      problems.add("'" + precreateKey + "' is " + precreate + " and must be 0 or more.");
    } else if (precreate > 0 && partitionKeys.size() > 1) {
      problems.add(
          "'"
              + precreateKey
              + "' is "
              + precreate
              + ", and with several partition keys "
              + partitionKeys
              + " nobody knows the other values ahead of time. Leave it out or set it to 0.");
    } else if (precreate > options.get(TableOptions.MAX_PARTITIONS)) {
      problems.add(
          "'"
              + precreateKey
              + "' is "
              + precreate
              + ", more than '"
              + TableOptions.MAX_PARTITIONS.key()
              + "', which is "
              + options.get(TableOptions.MAX_PARTITIONS)
              + ".");
    }
  }

  /** That the key is there is checked with every table. */
  private static Optional<String> timeProblem(
      Configuration options, String key, @Nullable LogicalType type) {
    if (type == null) {
      return Optional.empty();
    }
    boolean date = type.is(LogicalTypeRoot.DATE);
    if (!date && !type.is(LogicalTypeFamily.CHARACTER_STRING)) {
      return Optional.of(
          "Partition key '"
              + key
              + "' is to be the time of '"
              + TableOptions.AUTO_PARTITION_ENABLED.key()
              + "', and it is of type "
              + type.asSummaryString()
              + ". Those can be CHAR, STRING, VARCHAR or DATE.");
    }
    if (date && options.get(TableOptions.AUTO_PARTITION_TIME_UNIT) != AutoPartitionTimeUnit.DAY
        || date && options.contains(TableOptions.AUTO_PARTITION_TIME_FORMAT)) {
      return Optional.of(
          "Partition key '"
              + key
              + "' is a DATE, so '"
              + TableOptions.AUTO_PARTITION_TIME_UNIT.key()
              + "' can only be DAY, and there is no '"
              + TableOptions.AUTO_PARTITION_TIME_FORMAT.key()
              + "'.");
    }
    try {
      time(options, type);
      return Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of(
          "'"
              + TableOptions.AUTO_PARTITION_TIME_FORMAT.key()
              + "' cannot be used with '"
              + TableOptions.AUTO_PARTITION_TIME_UNIT.key()
              + "' = "
              + options.get(TableOptions.AUTO_PARTITION_TIME_UNIT)
              + ": "
              + e.getMessage()
              + ".");
    }
  }
}
