package io.fluss.topic;

import io.fluss.kafka.Backoff;
import io.fluss.kafka.KafkaFutures;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Tells topics that were created for a table from those that only have such a name: brokers with
 * {@code auto.create.topics.enable} bring a dropped topic back for a producer that still knows it,
 * with their own defaults. Thread-safe. The admin client stays with the caller.
 */
public final class TopicOrigin {

  /** Brokers may know of a topic a moment later than the controller. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final Admin admin;

  public TopicOrigin(Admin admin) {
    this.admin = admin;
  }

  /**
   * Looks at topics that were listed; two requests for all.
   *
   * @param table whose partitions they would be
   * @return by name, what shows of a topic that it was not created for the table. Settings that
   *     this client may not see count as right, and so do topics that were deleted meanwhile
   */
  public Map<String, String> problems(TableInfo table, Collection<String> topics) {
    String policy = TableTopics.settings(table).get(TopicConfig.CLEANUP_POLICY_CONFIG);
    Map<String, String> problems = new TreeMap<>();
    Set<String> left = new HashSet<>(topics);
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      Map<String, Integer> buckets = buckets(left);
      Map<String, Optional<ConfigEntry>> policies = policies(buckets.keySet());
      for (String topic : policies.keySet()) {
        problem(buckets.get(topic), table.buckets(), policies.get(topic), policy)
            .ifPresent(problem -> problems.put(topic, problem));
      }
      left.removeAll(policies.keySet());
      if (left.isEmpty() || deadline.isOverdue()) {
        return problems;
      }
      backoff.pause();
    }
  }

  private static Optional<String> problem(
      int buckets, int tableBuckets, Optional<ConfigEntry> policy, String tablePolicy) {
    if (buckets != tableBuckets) {
      return Optional.of(
          "it has "
              + buckets
              + " Kafka partitions where the table has "
              + tableBuckets
              + " buckets");
    }
    return policy
        .filter(
            p ->
                p.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG
                    || !tablePolicy.equals(p.value()))
        .map(
            p ->
                "its setting "
                    + TopicConfig.CLEANUP_POLICY_CONFIG
                    + " is '"
                    + p.value()
                    + "' from "
                    + p.source()
                    + " where the table sets '"
                    + tablePolicy
                    + "' for the topic");
  }

  /** Without those that the broker does not know. */
  private Map<String, Integer> buckets(Collection<String> topics) {
    Map<String, Integer> buckets = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        TopicDescription topic = KafkaFutures.await(answer.getValue());
        buckets.put(answer.getKey(), topic.partitions().size());
      } catch (UnknownTopicOrPartitionException e) {
        // asked again
      }
    }
    return buckets;
  }

  /** Without those that the broker does not know; empty where this client may not see it. */
  private Map<String, Optional<ConfigEntry>> policies(Collection<String> topics) {
    Map<String, Optional<ConfigEntry>> policies = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer :
        admin
            .describeConfigs(
                topics.stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList())
            .values()
            .entrySet()) {
      String topic = answer.getKey().name();
      try {
        Config config = KafkaFutures.await(answer.getValue());
        policies.put(topic, Optional.ofNullable(config.get(TopicConfig.CLEANUP_POLICY_CONFIG)));
      } catch (UnknownTopicOrPartitionException e) {
        // asked again
      } catch (AuthorizationException e) {
        policies.put(topic, Optional.empty());
      }
    }
    return policies;
  }
}
