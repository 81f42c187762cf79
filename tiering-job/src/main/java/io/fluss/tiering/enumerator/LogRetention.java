package io.fluss.tiering.enumerator;

import io.fluss.FlussException;
import io.fluss.kafka.KafkaFutures;
import io.fluss.lake.LakeOffsets;
import io.fluss.options.RetentionPolicy;
import io.fluss.options.TableOptions;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from the logs of log tables what is in the lake <em>and</em> older than {@code
 * table.log.ttl}: where {@code table.datalake.retention-policy} is {@code block}, Kafka does not.
 *
 * <p>Harmless from any number of jobs at once, and with old offsets, since the lake only gets more.
 * What it cannot delete it tries again later. Thread-safe.
 */
final class LogRetention {

  private static final Logger LOG = LoggerFactory.getLogger(LogRetention.class);

  /** A table is looked at so often within its time to live, */
  private static final int LOOKS_PER_TTL = 10;

  /** and not less often than this. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

  private final Connections connections;
  private final TableLogs logs;
  private final Clock clock;

  /** By table, epoch milliseconds. */
  private final Map<UUID, Long> lastLook = new ConcurrentHashMap<>();

  LogRetention(Connections connections, TableLogs logs, Clock clock) {
    this.connections = connections;
    this.logs = logs;
    this.clock = clock;
  }

  /** Whether the table is to be looked at. */
  boolean isDue(TableInfo table) {
    Configuration options = Configuration.fromMap(table.options());
    Duration ttl = options.get(TableOptions.LOG_TTL);
    if (table.hasPrimaryKey()
        || ttl.isZero()
        || options.get(TableOptions.DATALAKE_RETENTION_POLICY) != RetentionPolicy.BLOCK) {
      return false;
    }
    long interval = Math.min(ttl.toMillis() / LOOKS_PER_TTL, LONGEST_INTERVAL.toMillis());
    return clock.millis() - lastLook.getOrDefault(table.id(), 0L) >= interval;
  }

  /**
   * Deletes what may go; never throws.
   *
   * @param topics of the table, as they are now
   * @param inLake what the lake says itself that it has
   */
  void apply(TableInfo table, List<TableTopic> topics, LakeOffsets inLake) {
    lastLook.put(table.id(), clock.millis());
    try {
      Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
      deletable(table, topics, inLake)
          .forEach((b, offset) -> deleted.put(b, RecordsToDelete.beforeOffset(offset)));
      if (!deleted.isEmpty()) {
        KafkaFutures.await(connections.kafka().deleteRecords(deleted).all());
        LOG.info(
            "Deleted records of {} buckets of table '{}' that are in the lake and older than"
                + " '{}'.",
            deleted.size(),
            table.path(),
            TableOptions.LOG_TTL.key());
      }
    } catch (AuthorizationException e) {
      LOG.warn(
          "May not delete records of table '{}' that are in the lake and too old: {} Grant DROP on"
              + " the table to the tiering job, or set '{}' = 'alert', so that Kafka does it.",
          table.path(),
          e.getMessage(),
          TableOptions.DATALAKE_RETENTION_POLICY.key());
    } catch (KafkaException | FlussException e) {
      LOG.warn("Could not delete old records of table '{}'; trying again.", table.path(), e);
    }
  }

  private Map<TopicPartition, Long> deletable(
      TableInfo table, List<TableTopic> topics, LakeOffsets inLake) {
    Duration ttl = Configuration.fromMap(table.options()).get(TableOptions.LOG_TTL);
    List<TableTopic> tiered =
        topics.stream().filter(t -> inLake.topic(t.id()).isPresent()).toList();
    List<TopicPartition> buckets = TableLogs.buckets(table, tiered);
    if (buckets.isEmpty()) {
      return Map.of();
    }
    LogTopics log = logs.of(table);
    Map<TopicPartition, Long> starts = log.logStart(buckets);
    Map<TopicPartition, Long> young = log.firstAtOrAfter(clock.millis() - ttl.toMillis(), buckets);
    Map<TopicPartition, Long> deletable = new HashMap<>();
    for (TableTopic topic : tiered) {
      for (int b = 0; b < table.buckets(); b++) {
        TopicPartition bucket = new TopicPartition(topic.name(), b);
        long next = inLake.next(topic.id(), b);
        long before = Math.min(next, young.getOrDefault(bucket, next));
        if (before > starts.get(bucket)) {
          deletable.put(bucket, before);
        }
      }
    }
    return deletable;
  }
}
