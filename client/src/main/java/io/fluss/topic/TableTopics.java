package io.fluss.topic;

import io.fluss.FlussException;
import io.fluss.kafka.Backoff;
import io.fluss.kafka.KafkaFutures;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics of tables follow their records.
 *
 * <p>Creating returns when the controller has made the topic; leaders of its partitions follow, as
 * with any topic. Thread-safe. The admin client stays with the caller.
 */
public final class TableTopics {

  /** Brokers may know of a topic a moment later than the controller. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final Admin admin;

  public TableTopics(Admin admin) {
    this.admin = admin;
  }

  /** What {@link #check} found out about a topic that is to be created. */
  public enum Check {
    POSSIBLE,
    TOPIC_EXISTS
  }

  /**
   * Begins to ask the controller whether the table's topic can be created; nothing is created.
   *
   * @return call it for the answer; it throws FlussException where Kafka would refuse, for instance
   *     for lack of rights, by a policy or for more replicas than brokers
   */
  public CheckAnswer check(TableInfo table) {
    KafkaFuture<Void> answer =
        admin
            .createTopics(List.of(newTopic(table)), new CreateTopicsOptions().validateOnly(true))
            .all();
    return () -> {
      try {
        KafkaFutures.await(answer);
        return Check.POSSIBLE;
      } catch (TopicExistsException e) {
        return Check.TOPIC_EXISTS;
      } catch (KafkaException e) {
        throw refused(table, e);
      }
    };
  }

  /** The answer to {@link #check}, once it is here. */
  @FunctionalInterface
  public interface CheckAnswer {

    Check await();
  }

  /**
   * The {@code max.message.bytes} that the table's topic would have; nothing is created.
   *
   * @return empty where Kafka does not tell this client, or would refuse the topic
   */
  public OptionalInt maxMessageBytes(TableInfo table) {
    try {
      Config config =
          KafkaFutures.await(
              admin
                  .createTopics(
                      List.of(newTopic(table)), new CreateTopicsOptions().validateOnly(true))
                  .config(table.topic()));
      ConfigEntry entry = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return entry == null || entry.value() == null
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(entry.value()));
    } catch (RetriableException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Creates the table's topic. Where it exists already, was never written to and has the right
   * number of partitions, an earlier try has made it: it is taken.
   *
   * @return Kafka's id of the topic
   * @throws TopicConflictException where another topic has the name
   * @throws FlussException where Kafka refuses
   */
  public String create(TableInfo table) {
    try {
      Uuid id =
          KafkaFutures.await(admin.createTopics(List.of(newTopic(table))).topicId(table.topic()));
      return id.toString();
    } catch (TopicExistsException e) {
      return adoptable(table)
          .orElseThrow(
              () ->
                  new TopicConflictException(
                      "Topic '"
                          + table.topic()
                          + "' exists already and does not belong to table '"
                          + table.path()
                          + "'. Delete the topic if nobody needs it, or choose another name for the"
                          + " table."));
    } catch (KafkaException e) {
      throw refused(table, e);
    }
  }

  /**
   * Topics of partitions, with their ids.
   *
   * @param byThis created by the call
   * @param byOthers that were there already, with the table's number of partitions
   */
  public record Created(Map<String, String> byThis, Map<String, String> byOthers) {}

  /**
   * Creates topics for partitions of a table, in one request.
   *
   * @throws TopicConflictException where one is there with another number of partitions
   * @throws FlussException where Kafka refuses one; others may have been created
   */
  public Created createAll(TableInfo table, Collection<String> names) {
    List<NewTopic> wanted =
        names.stream().map(name -> newTopic(table.inTopic(name, null))).toList();
    CreateTopicsResult answers = admin.createTopics(wanted);
    Map<String, String> byThis = new HashMap<>();
    Map<String, String> byOthers = new HashMap<>();
    for (String name : names) {
      try {
        byThis.put(name, KafkaFutures.await(answers.topicId(name)).toString());
      } catch (TopicExistsException e) {
        byOthers.put(name, idOf(table, name));
      } catch (KafkaException e) {
        throw refused(table.inTopic(name, null), e);
      }
    }
    return new Created(byThis, byOthers);
  }

  private String idOf(TableInfo table, String name) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      Optional<TopicDescription> topic = describe(name);
      if (topic.isPresent()) {
        if (topic.get().partitions().size() != table.buckets()) {
          throw new TopicConflictException(
              "Topic '"
                  + name
                  + "' would be a partition of table '"
                  + table.path()
                  + "', and it has "
                  + topic.get().partitions().size()
                  + " Kafka partitions where the table has "
                  + table.buckets()
                  + " buckets: it was not created by this software. Delete the topic if nobody"
                  + " needs it.");
        }
        return topic.get().topicId().toString();
      }
      if (deadline.isOverdue()) {
        throw new TopicConflictException(
            "Topic '"
                + name
                + "', a partition of table '"
                + table.path()
                + "', is created and deleted by others at the same time. Try again.");
      }
      backoff.pause();
    }
  }

  /**
   * The topic that an interrupted creation of this table has left, if any: it has the table's name
   * and number of partitions and was never written to.
   */
  public Optional<String> adoptable(TableInfo table) {
    if (check(table).await() == Check.POSSIBLE) {
      return Optional.empty();
    }
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      Optional<TopicDescription> topic = describe(table.topic());
      if (topic.isPresent()) {
        return topic
            .filter(t -> t.partitions().size() == table.buckets())
            .filter(t -> isEmpty(table))
            .map(t -> t.topicId().toString());
      }
      if (deadline.isOverdue()) {
        return Optional.empty();
      }
      backoff.pause();
    }
  }

  private boolean isEmpty(TableInfo table) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, table.buckets())
            .mapToObj(b -> new TopicPartition(table.topic(), b))
            .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
    return KafkaFutures.await(admin.listOffsets(ends).all()).values().stream()
        .allMatch(end -> end.offset() == 0);
  }

  /**
   * Makes sure that the table's topic is the one that was created for it.
   *
   * @throws TopicConflictException where it is missing, or was deleted and created again by someone
   *     else
   */
  public void verify(TableInfo table) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      Optional<String> found = describe(table.topic()).map(t -> t.topicId().toString());
      if (found.isPresent() && found.get().equals(table.topicId())) {
        return;
      }
      if (deadline.isOverdue()) {
        throw new TopicConflictException(
            "Table '"
                + table.path()
                + "' has lost its data: its topic '"
                + table.topic()
                + "' (id "
                + table.topicId()
                + ") "
                + found
                    .map(
                        id ->
                            "was deleted and another one of that name was created (id " + id + ")")
                    .orElse("does not exist any more")
                + ", and not by DROP TABLE. Drop the table and create it again.");
      }
      backoff.pause();
    }
  }

  private Optional<TopicDescription> describe(String topic) {
    try {
      return Optional.of(
          KafkaFutures.await(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (AuthorizationException e) {
      throw new FlussException(
          "You may not see topic '"
              + topic
              + "'. Reading or writing its table needs DESCRIBE on it.",
          e);
    }
  }

  /**
   * Makes topics of a table keep records for as long as its options say now. Topics of primary-key
   * tables do not expire, so theirs stay as they are.
   *
   * @param names of topics; those that are gone are left out
   * @throws FlussException where Kafka refuses; others may have been changed
   */
  public void alterRetention(TableInfo table, Collection<String> names) {
    if (table.hasPrimaryKey() || names.isEmpty()) {
      return;
    }
    Map<String, String> wanted = LogTopicConfig.retention(table.options());
    List<AlterConfigOp> changes =
        Stream.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)
            .map(key -> alteration(key, wanted.get(key)))
            .toList();
    Map<ConfigResource, Collection<AlterConfigOp>> all = new HashMap<>();
    names.forEach(n -> all.put(new ConfigResource(ConfigResource.Type.TOPIC, n), changes));
    admin
        .incrementalAlterConfigs(all)
        .values()
        .forEach((topic, answer) -> awaitAlteration(table, topic.name(), answer));
  }

  private static AlterConfigOp alteration(String key, @Nullable String value) {
    return value == null
        ? new AlterConfigOp(new ConfigEntry(key, ""), AlterConfigOp.OpType.DELETE)
        : new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  private static void awaitAlteration(TableInfo table, String topic, KafkaFuture<Void> answer) {
    try {
      KafkaFutures.await(answer);
    } catch (UnknownTopicOrPartitionException e) {
      // dropped meanwhile
    } catch (AuthorizationException e) {
      throw new FlussException(
          "You may not change for how long topic '"
              + topic
              + "' of table '"
              + table.path()
              + "' keeps records. That needs ALTER_CONFIGS on the topic.",
          e);
    }
  }

  /** Deletes these topics, by id. Those that are gone already count as deleted. */
  public void delete(Collection<String> topicIds) {
    List<Uuid> ids = topicIds.stream().map(Uuid::fromString).toList();
    admin
        .deleteTopics(TopicCollection.ofTopicIds(ids))
        .topicIdValues()
        .forEach(TableTopics::awaitDeletion);
  }

  private static void awaitDeletion(Uuid topicId, KafkaFuture<Void> deletion) {
    try {
      KafkaFutures.await(deletion);
    } catch (UnknownTopicIdException e) {
      // deleted before
    } catch (AuthorizationException e) {
      throw new FlussException(
          "You may not delete the topic with id "
              + topicId
              + ". Dropping a table needs DELETE on its"
              + " topic.",
          e);
    }
  }

  private static NewTopic newTopic(TableInfo table) {
    Optional<Short> replicas =
        Configuration.fromMap(table.options())
            .getOptional(TableOptions.REPLICATION_FACTOR)
            .map(Integer::shortValue);
    return new NewTopic(table.topic(), Optional.of(table.buckets()), replicas)
        .configs(settings(table));
  }

  /** Kafka's settings of the table's topics. */
  static Map<String, String> settings(TableInfo table) {
    return table.hasPrimaryKey()
        ? PrimaryKeyTopicConfig.of(table)
        : LogTopicConfig.of(table.options());
  }

  private static RuntimeException refused(TableInfo table, KafkaException e) {
    if (e instanceof RetriableException || e instanceof InterruptException) {
      return e;
    }
    String hint = "";
    if (e instanceof AuthorizationException) {
      hint = " Creating a table needs CREATE on its topic or on the cluster.";
    } else if (e instanceof InvalidTopicException) {
      hint = " Kafka takes '.' and '_' in names of topics for the same; choose another name.";
    }
    return new TopicRefusedException(
        "Kafka refuses to create topic '"
            + table.topic()
            + "' of table '"
            + table.path()
            + "': "
            + e.getMessage()
            + hint,
        e);
  }
}
