package io.fluss.topic;

import io.fluss.kafka.Backoff;
import io.fluss.kafka.KafkaFutures;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.admin.Admin;

/**
 * The topics that this client may see, in one request.
 *
 * <p>Any broker answers, and it may know of a change a moment later than the controller that made
 * it. Changes that were reported here are waited for, so a client sees what it did itself; those of
 * others it may see late. Thread-safe. The admin client stays with the caller.
 */
public final class TopicListing {

  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final Admin admin;

  /** Topic to id, changes whose effect was not seen yet. */
  private final Map<String, String> created = new ConcurrentHashMap<>();

  private final Map<String, String> deleted = new ConcurrentHashMap<>();

  public TopicListing(Admin admin) {
    this.admin = admin;
  }

  /** Names and ids of the topics whose names begin so, sorted by name. */
  public SortedMap<String, String> withPrefix(String prefix) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      SortedMap<String, String> all = all();
      created.entrySet().removeIf(e -> all.containsKey(e.getKey()));
      deleted.entrySet().removeIf(e -> !e.getValue().equals(all.get(e.getKey())));
      SortedMap<String, String> found = new TreeMap<>(all.tailMap(prefix));
      found.keySet().removeIf(topic -> !topic.startsWith(prefix));
      boolean waits =
          created.keySet().stream().anyMatch(t -> t.startsWith(prefix))
              || deleted.keySet().stream().anyMatch(t -> t.startsWith(prefix));
      if (!waits) {
        return found;
      }
      if (deadline.isOverdue()) {
        // whoever changed it since: what the brokers say holds
        created.clear();
        deleted.clear();
        return found;
      }
      backoff.pause();
    }
  }

  private SortedMap<String, String> all() {
    SortedMap<String, String> topics = new TreeMap<>();
    KafkaFutures.await(admin.listTopics().listings())
        .forEach(t -> topics.put(t.name(), t.topicId().toString()));
    return topics;
  }

  /** Reports topics, with their ids, that the controller has created. */
  public void created(Map<String, String> topics) {
    topics.keySet().forEach(deleted::remove);
    created.putAll(topics);
  }

  /** Reports topics, with their ids, that the controller has deleted. */
  public void deleted(Map<String, String> topics) {
    topics.keySet().forEach(created::remove);
    deleted.putAll(topics);
  }
}
