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
              "Comma separated columns whose hash decides the bucket of a row. Of a primary-key table they are columns of the primary key, by default all of them. A log table without it spreads rows over all buckets.");

  public static final ConfigOption<Duration> LOG_TTL =
      ConfigOptions.key("table.log.ttl")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription(
              "How long rows stay in the log; 0 ms keeps them for good. The rows of a primary-key table do not expire: here it is how long a reader may be behind and still see every delete, at least 1 day.");

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

  public static final ConfigOption<String> STATISTICS_COLUMNS =
      ConfigOptions.key("table.statistics.columns")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Comma separated columns of a log table, or '*' for all that are not nested: each batch is stored with their smallest and greatest value and the number of nulls, and reads pass over batches that a filter on them excludes.");

  public static final ConfigOption<MergeEngine> MERGE_ENGINE =
      ConfigOptions.key("table.merge-engine")
          .enumType(MergeEngine.class)
          .defaultValue(MergeEngine.LAST_ROW)
          .withDescription(
              "Which of several rows of one primary key a table keeps: 'last_row' the one written last, 'first_row' the one written first, 'versioned' the one with the greatest value in the column 'table.merge-engine.versioned.ver-column'.");

  public static final ConfigOption<String> VERSION_COLUMN =
      ConfigOptions.key("table.merge-engine.versioned.ver-column")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The column that 'table.merge-engine' = 'versioned' compares; of type INT, BIGINT, TIMESTAMP or TIMESTAMP_LTZ.");

  public static final ConfigOption<DeleteBehavior> DELETE_BEHAVIOR =
      ConfigOptions.key("table.delete.behavior")
          .enumType(DeleteBehavior.class)
          .noDefaultValue()
          .withDescription(
              "What a primary-key table does with deletes: 'allow' deletes the row, 'ignore' drops the delete, 'disable' fails the write. By default 'allow', and 'ignore' with 'first_row' and 'versioned', which cannot delete.");

  public static final ConfigOption<Integer> MAX_PARTITIONS =
      ConfigOptions.key("table.max-partitions")
          .intType()
          .defaultValue(1000)
          .withDescription(
              "Most partitions of a partitioned table; each is a Kafka topic. More are refused, by statements and by writers.");

  public static final ConfigOption<Boolean> AUTO_PARTITION_ENABLED =
      ConfigOptions.key("table.auto-partition.enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether partitions are created ahead of time and dropped when they are old, by the clock of whichever client uses the table.");

  public static final ConfigOption<String> AUTO_PARTITION_KEY =
      ConfigOptions.key("table.auto-partition.key")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The partition key that is a time. Needed where there are several keys; of type CHAR, STRING, VARCHAR or DATE.");

  public static final ConfigOption<AutoPartitionTimeUnit> AUTO_PARTITION_TIME_UNIT =
      ConfigOptions.key("table.auto-partition.time-unit")
          .enumType(AutoPartitionTimeUnit.class)
          .defaultValue(AutoPartitionTimeUnit.DAY)
          .withDescription("What a partition holds the rows of; DAY where the key is a DATE.");

  public static final ConfigOption<String> AUTO_PARTITION_TIME_FORMAT =
      ConfigOptions.key("table.auto-partition.time-format")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "How the time is written, of the letters y, M, d, H and Q. Without it yyyyMMddHH, yyyyMMdd, yyyyMM, yyyyQ or yyyy, as the unit is. Not for a DATE.");

  public static final ConfigOption<String> AUTO_PARTITION_TIME_ZONE =
      ConfigOptions.key("table.auto-partition.time-zone")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Time zone of the time, for example 'Europe/Berlin'. Without it that of the client that creates the table, which is recorded.");

  public static final ConfigOption<Integer> AUTO_PARTITION_NUM_PRECREATE =
      ConfigOptions.key("table.auto-partition.num-precreate")
          .intType()
          .noDefaultValue()
          .withDescription(
              "How many partitions are created ahead, the current one included; by default 2. With several partition keys there can be none.");

  public static final ConfigOption<Integer> AUTO_PARTITION_NUM_RETENTION =
      ConfigOptions.key("table.auto-partition.num-retention")
          .intType()
          .defaultValue(7)
          .withDescription(
              "How many past partitions are kept; older ones are dropped with their rows. Negative: all are kept.");

  public static final ConfigOption<Boolean> DATALAKE_ENABLED =
      ConfigOptions.key("table.datalake.enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the tiering job moves the rows of the table into a lake, and queries read lake and log as one table. Can be changed by ALTER TABLE.");

  public static final ConfigOption<String> DATALAKE_FORMAT =
      ConfigOptions.key("table.datalake.format")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The format of the lake: 'paimon' or 'iceberg'. Without it that of the catalog's option 'datalake.format', which is recorded.");

  public static final ConfigOption<Duration> DATALAKE_FRESHNESS =
      ConfigOptions.key("table.datalake.freshness")
          .durationType()
          .defaultValue(Duration.ofMinutes(3))
          .withDescription(
              "How far the lake may be behind the log; the tiering job takes the table that is most overdue. Can be changed by ALTER TABLE.");

  public static final ConfigOption<Boolean> DATALAKE_AUTO_COMPACTION =
      ConfigOptions.key("table.datalake.auto-compaction")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether tiering also compacts the lake table. Can be changed by ALTER TABLE.");

  public static final ConfigOption<Boolean> DATALAKE_AUTO_EXPIRE_SNAPSHOT =
      ConfigOptions.key("table.datalake.auto-expire-snapshot")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether tiering also expires old snapshots of the lake table, as that table's own options say. Can be changed by ALTER TABLE.");

  public static final ConfigOption<RetentionPolicy> DATALAKE_RETENTION_POLICY =
      ConfigOptions.key("table.datalake.retention-policy")
          .enumType(RetentionPolicy.class)
          .defaultValue(RetentionPolicy.BLOCK)
          .withDescription(
              "What becomes of rows that are older than 'table.log.ttl' and not in the lake yet: 'block' keeps them in the log until they are, 'alert' lets them go, and tiering then stops with a reason. Can be changed by ALTER TABLE.");

  public static final ConfigOption<String> DATALAKE_ICEBERG_PARTITIONING =
      ConfigOptions.key("table.datalake.iceberg.partitioning")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Partition spec of the Iceberg table in place of the table's own partitions and buckets, for example 'days(ts), bucket(16, id)'.");

  private TableOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        BUCKET_NUM,
        BUCKET_KEY,
        LOG_TTL,
        REPLICATION_FACTOR,
        ARROW_COMPRESSION_TYPE,
        ARROW_ZSTD_LEVEL,
        STATISTICS_COLUMNS,
        MERGE_ENGINE,
        VERSION_COLUMN,
        DELETE_BEHAVIOR,
        MAX_PARTITIONS,
        AUTO_PARTITION_ENABLED,
        AUTO_PARTITION_KEY,
        AUTO_PARTITION_TIME_UNIT,
        AUTO_PARTITION_TIME_FORMAT,
        AUTO_PARTITION_TIME_ZONE,
        AUTO_PARTITION_NUM_PRECREATE,
        AUTO_PARTITION_NUM_RETENTION,
        DATALAKE_ENABLED,
        DATALAKE_FORMAT,
        DATALAKE_FRESHNESS,
        DATALAKE_AUTO_COMPACTION,
        DATALAKE_AUTO_EXPIRE_SNAPSHOT,
        DATALAKE_RETENTION_POLICY,
        DATALAKE_ICEBERG_PARTITIONING);
  }
}
