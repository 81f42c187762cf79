package io.fluss.topic;

import io.fluss.options.RetentionPolicy;
import io.fluss.options.TableOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.config.TopicConfig;

/** Kafka's settings of a log table's topic, as they follow from the table's options. */
final class LogTopicConfig {

  private static final String FOR_GOOD = "-1";

  private LogTopicConfig() {}

  static Map<String, String> of(Map<String, String> tableOptions) {
    Map<String, String> config = new HashMap<>(retention(tableOptions));
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    // Rows are looked up by the time at which they were stored.
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    // Batches are compressed column by column already.
    config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    return config;
  }

  /** The settings that say how long records stay; without one, the brokers' own holds. */
  static Map<String, String> retention(Map<String, String> tableOptions) {
    Configuration options = Configuration.fromMap(tableOptions);
    if (waitsForLake(options)) {
      return Map.of(
          TopicConfig.RETENTION_MS_CONFIG, FOR_GOOD, TopicConfig.RETENTION_BYTES_CONFIG, FOR_GOOD);
    }
    Duration ttl = options.get(TableOptions.LOG_TTL);
    return Map.of(
        TopicConfig.RETENTION_MS_CONFIG, ttl.isZero() ? FOR_GOOD : String.valueOf(ttl.toMillis()));
  }

  /** Whether the tiering job deletes records, once the lake has them, and Kafka does not. */
  private static boolean waitsForLake(Configuration options) {
    return options.get(TableOptions.DATALAKE_ENABLED)
        && options.get(TableOptions.DATALAKE_RETENTION_POLICY) == RetentionPolicy.BLOCK;
  }
}
