package io.fluss.topic;

import io.fluss.options.MergeEngine;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Kafka's settings of a primary-key table's topic, as they follow from the table's options; the
 * reasons are in {@code docs/decisions/0006-compaction-settings.md}.
 *
 * <p>A table that keeps the last row is compacted. With another merge engine the last record of a
 * key is not the one that counts, so nothing is ever removed.
 */
final class PrimaryKeyTopicConfig {

  private static final Duration MIN_SEGMENT = Duration.ofMinutes(10);

  /** A topic is cleaned when so much of it was written since it was cleaned before. */
  private static final String DIRTY_RATIO = "0.3";

  private static final String FOR_GOOD = "-1";

  private PrimaryKeyTopicConfig() {}

  static Map<String, String> of(TableInfo table) {
    Map<String, String> config =
        new HashMap<>(
            table.mergeEngine() == MergeEngine.LAST_ROW ? compacted(table) : keptForGood());
    // Readers compare it with the time for which deletes are kept.
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    return config;
  }

  private static Map<String, String> compacted(TableInfo table) {
    Duration tombstones = TombstoneRetention.of(table);
    Duration lag = CompactionLag.of(table);
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.DELETE_RETENTION_MS_CONFIG,
        millis(tombstones),
        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
        millis(lag),
        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
        millis(tombstones),
        TopicConfig.SEGMENT_MS_CONFIG,
        millis(atLeast(MIN_SEGMENT, lag)),
        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
        DIRTY_RATIO);
  }

  private static Map<String, String> keptForGood() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        FOR_GOOD,
        TopicConfig.RETENTION_BYTES_CONFIG,
        FOR_GOOD);
  }

  private static Duration atLeast(Duration least, Duration value) {
    return value.compareTo(least) < 0 ? least : value;
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }
}
