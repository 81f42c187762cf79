package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.topic.CompactionLag;
import io.fluss.topic.TombstoneRetention;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic of a table as the brokers know it now. Whoever opens it closes it.
 *
 * <p>Guarantee: {@link #buckets()} answers only for the very topic that the table's record names. A
 * topic that was deleted, or created again under the same name, is an error, because its offsets
 * mean other rows.
 */
public final class LogTopic implements LogOffsets, AutoCloseable {

  /** A broker may know a topic that was just created only after a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

  /**
   * How long an end waits for what lies behind it. A transaction is acknowledged to its writer
   * before its markers are written, so for some milliseconds committed rows lie beyond the last
   * stable offset. Rows of a transaction that stays open are not waited for.
   */
  private static final Duration COMMIT_SETTLES = Duration.ofMillis(250);

  private static final Duration SETTLE_INTERVAL = Duration.ofMillis(5);

  private final TableInfo table;
  private final Admin admin;

  private LogTopic(TableInfo table, Admin admin) {
    this.table = table;
    this.admin = admin;
  }

  public static LogTopic open(TableInfo table, ClientConfig client) {
    Map<String, Object> properties = client.toKafka();
    properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    return new LogTopic(table, Admin.create(properties));
  }

  /**
   * The buckets of the table.
   *
   * @throws LogGoneException where the topic is missing or is not the one the table was created
   *     with
   */
  public List<Integer> buckets() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        TopicDescription topic =
            admin.describeTopics(List.of(table.topic())).topicNameValues().get(table.topic()).get();
        requireSameTopic(topic);
        return IntStream.range(0, topic.partitions().size()).boxed().toList();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failure("describe", e.getCause());
        }
        if (System.nanoTime() > deadline) {
          throw new LogGoneException(
              "The log of table '"
                  + table.path()
                  + "' is gone: topic '"
                  + table.topic()
                  + "' does not exist. The table was dropped while this query used it, or its topic"
                  + " was deleted by other means.");
        }
        LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private void requireSameTopic(TopicDescription topic) {
    String found = topic.topicId().toString();
    if (table.topicId() != null && !table.topicId().equals(found)) {
      throw new LogGoneException(
          "Topic '"
              + table.topic()
              + "' of table '"
              + table.path()
              + "' is another one: the table was dropped or its topic created again. Its id is "
              + found
              + ", and the table was created with "
              + table.topicId()
              + ". Offsets and layout of the old topic mean nothing in the new one, so this query"
              + " cannot go on reading or writing. Start it anew, without its old state.");
    }
  }

  /**
   * For how long the compacted topic of a primary-key table keeps deletes: as it is set on the
   * topic; as it follows from the table's options, where this client may not see the topic's
   * settings.
   */
  public Duration tombstoneRetention() {
    return setting(TopicConfig.DELETE_RETENTION_MS_CONFIG)
        .orElseGet(() -> TombstoneRetention.of(table));
  }

  /**
   * How old a record of the compacted topic of a primary-key table has to be before a newer one of
   * its key lets it go; told as {@link #tombstoneRetention} is.
   */
  public Duration compactionLag() {
    return setting(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG)
        .orElseGet(() -> CompactionLag.of(table));
  }

  /** A time that is set on the topic; empty where this client may not see it. */
  private Optional<Duration> setting(String name) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, table.topic());
    try {
      Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      return Optional.of(Duration.ofMillis(Long.parseLong(config.get(name).value())));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.empty();
      }
      throw failure("read the settings of", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Map<Integer, Long> logStart(Collection<Integer> buckets) {
    return offsets(buckets, OffsetSpec.earliest());
  }

  @Override
  public Map<Integer, Long> logEnd(Collection<Integer> buckets) {
    Map<Integer, Long> written =
        offsets(buckets, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    long deadline = System.nanoTime() + COMMIT_SETTLES.toNanos();
    while (true) {
      Map<Integer, Long> committed = offsets(buckets, OffsetSpec.latest());
      boolean settled =
          written.entrySet().stream().allMatch(e -> committed.get(e.getKey()) >= e.getValue());
      if (settled || System.nanoTime() > deadline) {
        return committed;
      }
      LockSupport.parkNanos(SETTLE_INTERVAL.toNanos());
    }
  }

  @Override
  public Map<Integer, Long> firstAtOrAfter(long epochMillis, Collection<Integer> buckets) {
    Map<Integer, Long> found = offsets(buckets, OffsetSpec.forTimestamp(epochMillis));
    found.values().removeIf(offset -> offset < 0);
    return found;
  }

  private Map<Integer, Long> offsets(Collection<Integer> buckets, OffsetSpec spec) {
    return offsets(buckets, spec, IsolationLevel.READ_COMMITTED);
  }

  private Map<Integer, Long> offsets(
      Collection<Integer> buckets, OffsetSpec spec, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> query =
        buckets.stream()
            .collect(Collectors.toMap(b -> new TopicPartition(table.topic(), b), b -> spec));
    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer =
        admin.listOffsets(query, new ListOffsetsOptions(isolation)).all();
    try {
      Map<Integer, Long> offsets = new HashMap<>();
      answer.get().forEach((tp, info) -> offsets.put(tp.partition(), info.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw failure("list offsets of", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private FlussException failure(String action, Throwable cause) {
    return new FlussException(
        "Could not "
            + action
            + " topic '"
            + table.topic()
            + "' of table '"
            + table.path()
            + "': "
            + cause.getMessage(),
        cause);
  }

  private FlussException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FlussException("Interrupted while asking for the log of '" + table.path() + "'.", e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
