package io.fluss.topic;

import io.fluss.options.TableOptions;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.config.TopicConfig;

/** Kafka's settings of a log table's topic, as they follow from the table's options. */
final class LogTopicConfig {

  private static final String FOR_GOOD = "-1";

  private LogTopicConfig() {}

  static Map<String, String> of(Map<String, String> tableOptions) {
    Duration ttl = Configuration.fromMap(tableOptions).get(TableOptions.LOG_TTL);
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        ttl.isZero() ? FOR_GOOD : String.valueOf(ttl.toMillis()),
        // Rows are looked up by the time at which they were stored.
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        "LogAppendTime",
        // Batches are compressed column by column already.
        TopicConfig.COMPRESSION_TYPE_CONFIG,
        "producer");
  }
}
