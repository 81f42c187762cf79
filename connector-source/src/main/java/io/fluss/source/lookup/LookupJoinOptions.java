package io.fluss.source.lookup;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.connector.source.lookup.LookupOptions;

/** Options of lookup joins, for the table or as a hint. */
public final class LookupJoinOptions {

  private static final String NO_REQUESTS =
      "Has no effect: lookups send no requests, as the rows are in the task manager itself.";

  public static final ConfigOption<Boolean> ASYNC =
      ConfigOptions.key("lookup.async")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether rows that wait for a bucket to be read let those behind them go ahead with their own buckets.");

  public static final ConfigOption<MemorySize> MEMORY_SIZE =
      ConfigOptions.key("lookup.memory-size")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Heap that the rows of the table take in a task manager, for all joins with it together; what is beyond goes to RocksDB on local disk. Without it a quarter of the heap, 256 mb at most.");

  public static final ConfigOption<Duration> KEEP_ALIVE =
      ConfigOptions.key("lookup.keep-alive")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How long a task manager keeps the rows of the table up to date after the last join with it ended, so that the next finds them. Only where the connector is in Flink's 'lib' directory; in a job's own jar they end with the job.");

  public static final ConfigOption<String> LOCAL_DIR =
      ConfigOptions.key("lookup.local-dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where task managers keep rows that do not fit in memory; without it in 'fluss-lookup' of Java's temporary directory.");

  public static final ConfigOption<LookupOptions.LookupCacheType> CACHE =
      ConfigOptions.key("lookup.cache")
          .enumType(LookupOptions.LookupCacheType.class)
          .defaultValue(LookupOptions.LookupCacheType.NONE)
          .withDescription(
              "NONE or PARTIAL: Flink's cache of answers. Rows are local anyway, so it saves little and makes answers older.");

  public static final ConfigOption<Long> PARTIAL_CACHE_MAX_ROWS =
      LookupOptions.PARTIAL_CACHE_MAX_ROWS;

  public static final ConfigOption<Duration> PARTIAL_CACHE_EXPIRE_AFTER_ACCESS =
      LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS;

  public static final ConfigOption<Duration> PARTIAL_CACHE_EXPIRE_AFTER_WRITE =
      LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE;

  public static final ConfigOption<Boolean> PARTIAL_CACHE_CACHE_MISSING_KEY =
      LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY;

  public static final ConfigOption<Integer> MAX_RETRIES =
      ConfigOptions.key("lookup.max-retries")
          .intType()
          .defaultValue(3)
          .withDescription(
              "Has no effect: rows are looked up in the task manager itself, which needs no second try.");

  public static final ConfigOption<Boolean> INSERT_IF_NOT_EXISTS =
      ConfigOptions.key("lookup.insert-if-not-exists")
          .booleanType()
          .defaultValue(false)
          .withDescription("Only false: lookups do not write.");

  public static final ConfigOption<Integer> QUEUE_SIZE =
      ConfigOptions.key("client.lookup.queue-size")
          .intType()
          .defaultValue(25_600)
          .withDescription(NO_REQUESTS);

  public static final ConfigOption<Integer> MAX_BATCH_SIZE =
      ConfigOptions.key("client.lookup.max-batch-size")
          .intType()
          .defaultValue(128)
          .withDescription(NO_REQUESTS);

  public static final ConfigOption<Integer> MAX_INFLIGHT_REQUESTS =
      ConfigOptions.key("client.lookup.max-inflight-requests")
          .intType()
          .defaultValue(128)
          .withDescription(NO_REQUESTS);

  public static final ConfigOption<Duration> BATCH_TIMEOUT =
      ConfigOptions.key("client.lookup.batch-timeout")
          .durationType()
          .defaultValue(Duration.ofMillis(100))
          .withDescription(NO_REQUESTS);

  public static final ConfigOption<Integer> CLIENT_MAX_RETRIES =
      ConfigOptions.key("client.lookup.max-retries")
          .intType()
          .defaultValue(Integer.MAX_VALUE)
          .withDescription(NO_REQUESTS);

  private LookupJoinOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        ASYNC,
        MEMORY_SIZE,
        KEEP_ALIVE,
        LOCAL_DIR,
        CACHE,
        PARTIAL_CACHE_MAX_ROWS,
        PARTIAL_CACHE_EXPIRE_AFTER_ACCESS,
        PARTIAL_CACHE_EXPIRE_AFTER_WRITE,
        PARTIAL_CACHE_CACHE_MISSING_KEY,
        MAX_RETRIES,
        INSERT_IF_NOT_EXISTS,
        QUEUE_SIZE,
        MAX_BATCH_SIZE,
        MAX_INFLIGHT_REQUESTS,
        BATCH_TIMEOUT,
        CLIENT_MAX_RETRIES);
  }
}
