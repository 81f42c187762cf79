package io.fluss.tiering.config;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of the tiering job; flags of that name, with two dashes. */
public final class TieringOptions {

  /** Prefix of all of them. */
  public static final String PREFIX = "lake.tiering.";

  public static final ConfigOption<Duration> POLL_INTERVAL =
      ConfigOptions.key("lake.tiering.poll-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "How often the job looks for tables that are due, while it has nothing else to do.");

  public static final ConfigOption<Integer> MAX_TABLES =
      ConfigOptions.key("lake.tiering.max-tables")
          .intType()
          .defaultValue(4)
          .withDescription(
              "Most tables that the job works on at a time. It takes another one only while readers have nothing to do.");

  public static final ConfigOption<MemorySize> MAX_ROUND_BYTES =
      ConfigOptions.key("lake.tiering.max-round-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(4096))
          .withDescription(
              "How much of a table's log one round moves at most, in bytes as stored in Kafka; the rest is for the next round. The buckets share it equally.");

  public static final ConfigOption<Duration> MAX_ROUND_DURATION =
      ConfigOptions.key("lake.tiering.max-round-duration")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long a round reads at most before it commits what it has; without it the table's 'table.datalake.freshness', and 30 s where that is less.");

  public static final ConfigOption<Duration> LEASE_DURATION =
      ConfigOptions.key("lake.tiering.lease-duration")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "After this time without a sign of life of the job, another job may take its tables over. It gives a sign three times as often.");

  public static final ConfigOption<Duration> BACKOFF =
      ConfigOptions.key("lake.tiering.backoff")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long a table waits after a round that failed; twice as long after each further one, up to 'lake.tiering.max-backoff'.");

  public static final ConfigOption<Duration> MAX_BACKOFF =
      ConfigOptions.key("lake.tiering.max-backoff")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription("The longest that a table waits after rounds that failed.");

  public static final ConfigOption<MemorySize> FOLD_MEMORY_SIZE =
      ConfigOptions.key("lake.tiering.fold.memory-size")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Memory of each reader for the keys and rows of primary-key tables; what does not fit goes to disk. By default 64 MB, and less where the heap is small.");

  private TieringOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        POLL_INTERVAL,
        MAX_TABLES,
        MAX_ROUND_BYTES,
        MAX_ROUND_DURATION,
        LEASE_DURATION,
        BACKOFF,
        MAX_BACKOFF,
        FOLD_MEMORY_SIZE);
  }
}
