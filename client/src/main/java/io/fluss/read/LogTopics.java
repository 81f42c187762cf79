package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.topic.CompactionLag;
import io.fluss.topic.TombstoneRetention;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;
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
 * The topics of one table, its own or those of its partitions, as the brokers know them now. Each
 * question is one for all topics, not one for each. Thread-safe. Whoever opens it closes it.
 */
public final class LogTopics implements LogOffsets, AutoCloseable {

  /**
   * How long an end waits for what lies behind it. A transaction is acknowledged to its writer
   * before its markers are written, so for some milliseconds committed rows lie beyond the last
   * stable offset. Rows of a transaction that stays open are not waited for.
   */
  private static final Duration COMMIT_SETTLES = Duration.ofMillis(250);

  private static final Duration SETTLE_INTERVAL = Duration.ofMillis(5);

  /** Brokers may know a topic that was just created only after a moment. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(10);

  private final TableInfo table;
  private final Admin admin;
  private final Function<Throwable, String> explain;
  private final Runnable onClose;

  private LogTopics(
      TableInfo table, Admin admin, Function<Throwable, String> explain, Runnable onClose) {
    this.table = table;
    this.admin = admin;
    this.explain = explain;
    this.onClose = onClose;
  }

  /** Topics of this table; says nothing to the brokers before it is asked something. */
  public static LogTopics open(TableInfo table, ClientConfig client) {
    Map<String, Object> properties = client.toKafka();
    properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    Admin admin = client.open(() -> Admin.create(properties));
    return new LogTopics(table, admin, explaining(table, client), () -> admin.close(Duration.ZERO));
  }

  /** Topics of this table; the admin client stays with the caller, so this need not be closed. */
  public static LogTopics shared(TableInfo table, Admin admin) {
    return new LogTopics(table, admin, Throwable::getMessage, () -> {});
  }

  /**
   * As the other, whose failures say which right is missing.
   *
   * @param client that the admin client was made for
   */
  public static LogTopics shared(TableInfo table, ClientConfig client, Admin admin) {
    return new LogTopics(table, admin, explaining(table, client), () -> {});
  }

  private static Function<Throwable, String> explaining(TableInfo table, ClientConfig client) {
    return failure -> MissingRight.explain(client, Operation.DESCRIBE, table.path(), failure);
  }

  /** A topic that is there: Kafka's id of it, and its number of buckets. */
  public record Found(String id, int buckets) {}

  /**
   * What could be learned of topics; what is in neither is not there.
   *
   * @param found by name
   * @param denied what this client may not see, with the reason: nobody says whether it is there
   */
  public record Look(Map<String, Found> found, Map<String, Throwable> denied) {}

  /**
   * What these topics are, by name; without those that are not there.
   *
   * @throws FlussException where the brokers do not answer, or not to this client
   */
  public Map<String, Found> find(Collection<String> topics) {
    Look look = look(topics);
    look.denied()
        .forEach(
            (topic, reason) -> {
              throw failure("describe", topic, reason);
            });
    return look.found();
  }

  /**
   * As {@link #find}, for callers that go on without what they may not see.
   *
   * @throws FlussException where the brokers do not answer
   */
  public Look look(Collection<String> topics) {
    Map<String, Found> found = new HashMap<>();
    Map<String, Throwable> denied = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (topic, answer) -> {
              try {
                TopicDescription description = answer.get();
                found.put(
                    topic,
                    new Found(description.topicId().toString(), description.partitions().size()));
              } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                  denied.put(topic, e.getCause());
                } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw failure("describe", topic, e.getCause());
                }
              } catch (InterruptedException e) {
                throw interrupted(e);
              }
            });
    return new Look(found, denied);
  }

  // ----------------------------------------------------------------------------------- settings

  /**
   * How a compacted topic treats what was replaced.
   *
   * @param tombstoneRetention for how long it keeps deletes
   * @param lag how old a record has to be before a newer one of its key lets it go
   */
  public record Compaction(Duration tombstoneRetention, Duration lag) {

    /** A segment that is written to is not compacted: what was read just now was all there. */
    private static final Duration SHORTEST_LAG = Duration.ofMinutes(1);

    /**
     * To be called when a bucket was read to an end that was decided before, and before its rows
     * are used.
     *
     * @param took since the end was decided
     * @throws FlussException where that took so long that rows may be missing which were replaced
     *     behind the end since
     */
    public void requireNothingReplaced(TableInfo table, TopicPartition bucket, Duration took) {
      Duration kept = lag.compareTo(SHORTEST_LAG) < 0 ? SHORTEST_LAG : lag;
      if (took.compareTo(kept) > 0) {
        throw new FlussException(
            "Cannot answer from table '"
                + table.path()
                + "': bucket "
                + bucket.partition()
                + " was read "
                + TimeUtils.formatWithHighestUnit(took)
                + " after the query began, and its topic keeps records that were replaced for "
                + TimeUtils.formatWithHighestUnit(lag)
                + " only ('min.compaction.lag.ms'), so rows that changed meanwhile may be missing."
                + " Read with a higher parallelism, or raise 'min.compaction.lag.ms' of topic '"
                + bucket.topic()
                + "'.");
      }
    }
  }

  /**
   * The settings of compacted topics, by name: as they are set on the topic; as they follow from
   * the table's options, where this client may not see them.
   */
  public Map<String, Compaction> compaction(Collection<String> topics) {
    Map<ConfigResource, KafkaFuture<Config>> answers =
        admin
            .describeConfigs(
                topics.stream().map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t)).toList())
            .values();
    Map<String, Compaction> found = new HashMap<>();
    answers.forEach((topic, answer) -> found.put(topic.name(), compaction(topic.name(), answer)));
    return found;
  }

  private Compaction compaction(String topic, KafkaFuture<Config> answer) {
    try {
      Config config = answer.get();
      return new Compaction(
          millis(config, TopicConfig.DELETE_RETENTION_MS_CONFIG),
          millis(config, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return new Compaction(TombstoneRetention.of(table), CompactionLag.of(table));
      }
      throw failure("read the settings of", topic, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Duration millis(Config config, String setting) {
    return Duration.ofMillis(Long.parseLong(config.get(setting).value()));
  }

  // ------------------------------------------------------------------------------------ offsets

  @Override
  public Map<TopicPartition, Long> logStart(Collection<TopicPartition> buckets) {
    return offsets(buckets, OffsetSpec.earliest());
  }

  /**
   * Returns once the leaders of these buckets take records; one question for all, repeated while
   * brokers do not know topics that were just created.
   *
   * @throws FlussException where they do not in time
   */
  public void awaitLeaders(Collection<TopicPartition> buckets) {
    long deadline = System.nanoTime() + BROKER_DELAY.toNanos();
    while (true) {
      try {
        logStart(buckets);
        return;
      } catch (FlussException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(SETTLE_INTERVAL.toNanos());
      }
    }
  }

  @Override
  public Map<TopicPartition, Long> logEnd(Collection<TopicPartition> buckets) {
    Map<TopicPartition, Long> written = written(buckets);
    long deadline = System.nanoTime() + COMMIT_SETTLES.toNanos();
    while (true) {
      Map<TopicPartition, Long> committed = offsets(buckets, OffsetSpec.latest());
      boolean settled =
          written.entrySet().stream().allMatch(e -> committed.get(e.getKey()) >= e.getValue());
      if (settled || System.nanoTime() > deadline) {
        return committed;
      }
      LockSupport.parkNanos(SETTLE_INTERVAL.toNanos());
    }
  }

  /** The offset behind the last record of each bucket, committed or not. */
  public Map<TopicPartition, Long> written(Collection<TopicPartition> buckets) {
    return offsets(buckets, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  @Override
  public Map<TopicPartition, Long> firstAtOrAfter(
      long epochMillis, Collection<TopicPartition> buckets) {
    Map<TopicPartition, Long> found = offsets(buckets, OffsetSpec.forTimestamp(epochMillis));
    found.values().removeIf(offset -> offset < 0);
    return found;
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> buckets, OffsetSpec spec) {
    return offsets(buckets, spec, IsolationLevel.READ_COMMITTED);
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> buckets, OffsetSpec spec, IsolationLevel isolation) {
    if (buckets.isEmpty()) {
      return new HashMap<>();
    }
    Map<TopicPartition, OffsetSpec> query =
        buckets.stream().collect(Collectors.toMap(Function.identity(), b -> spec));
    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer =
        admin.listOffsets(query, new ListOffsetsOptions(isolation)).all();
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      answer.get().forEach((bucket, info) -> offsets.put(bucket, info.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw failure("list offsets of", buckets.iterator().next().topic(), e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  // ------------------------------------------------------------------------------------- errors

  private FlussException failure(String action, String topic, Throwable cause) {
    return new FlussException(
        "Could not "
            + action
            + " topic '"
            + topic
            + "' of table '"
            + table.path()
            + "': "
            + explain.apply(cause),
        cause);
  }

  private FlussException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FlussException("Interrupted while asking for the log of '" + table.path() + "'.", e);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
