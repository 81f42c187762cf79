package io.fluss.options;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options that belong to a table and are recorded with it. */
public final class TableOptions {

  public static final ConfigOption<Integer> BUCKET_NUM =
      ConfigOptions.key("bucket.num")
          .intType()
          .defaultValue(1)
          .withDescription("Number of buckets: the Kafka partitions of each topic of the table.");

  public static final ConfigOption<String> BUCKET_KEY =
      ConfigOptions.key("bucket.key")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Comma separated columns whose hash decides the bucket of a row. A log table without it spreads rows over all buckets.");

  public static final ConfigOption<Duration> LOG_TTL =
      ConfigOptions.key("table.log.ttl")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long rows stay in the log; 0 ms keeps them for good.");

  public static final ConfigOption<Integer> REPLICATION_FACTOR =
      ConfigOptions.key("table.replication.factor")
          .intType()
          .noDefaultValue()
          .withDescription("Replicas of each bucket. Without it the brokers' default holds.");

  public static final ConfigOption<ArrowCompressionType> ARROW_COMPRESSION_TYPE =
      ConfigOptions.key("table.log.arrow.compression.type")
          .enumType(ArrowCompressionType.class)
          .defaultValue(ArrowCompressionType.ZSTD)
          .withDescription("Compression of the Arrow buffers of the log.");

  public static final ConfigOption<Integer> ARROW_ZSTD_LEVEL =
      ConfigOptions.key("table.log.arrow.compression.zstd.level")
          .intType()
          .defaultValue(3)
          .withDescription("Level of zstd, from 1 (fastest) to 22 (smallest).");

  private TableOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        BUCKET_NUM,
        BUCKET_KEY,
        LOG_TTL,
        REPLICATION_FACTOR,
        ARROW_COMPRESSION_TYPE,
        ARROW_ZSTD_LEVEL);
  }
}
