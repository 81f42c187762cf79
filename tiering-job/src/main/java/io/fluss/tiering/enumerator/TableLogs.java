package io.fluss.tiering.enumerator;

import io.fluss.FlussException;
import io.fluss.kafka.Backoff;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the logs of tables. Thread-safe. */
final class TableLogs {

  /** Brokers may know of a topic a moment later than the controller. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final Connections connections;
  private final Clock clock;

  TableLogs(Connections connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Topics and ends; two requests for all.
   *
   * @throws LogGoneException where the table is not partitioned and its topic is gone or another
   */
  TableLog look(TableInfo table) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      try {
        long now = clock.millis();
        List<TableTopic> topics = topics(table);
        return new TableLog(topics, of(table).logEnd(buckets(table, topics)), now);
      } catch (FlussException e) {
        // A partition that was just created has no leader yet; one just dropped is listed no more.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || deadline.isOverdue()) {
          throw e;
        }
        backoff.pause();
      }
    }
  }

  /** What brokers say of the table's topics. */
  LogTopics of(TableInfo table) {
    return LogTopics.shared(table, connections.kafka());
  }

  static List<TopicPartition> buckets(TableInfo table, List<TableTopic> topics) {
    List<TopicPartition> buckets = new ArrayList<>();
    for (TableTopic topic : topics) {
      for (int b = 0; b < table.buckets(); b++) {
        buckets.add(new TopicPartition(topic.name(), b));
      }
    }
    return buckets;
  }

  private List<TableTopic> topics(TableInfo table) {
    if (!table.isPartitioned()) {
      requireOwnTopic(table);
      return List.of(new TableTopic(null, table.topic(), table.topicId()));
    }
    return connections.tables().listPartitions(table).stream()
        .map(p -> new TableTopic(p.name(), p.topic(), p.topicId()))
        .toList();
  }

  private void requireOwnTopic(TableInfo table) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      LogTopics.Found found = of(table).find(List.of(table.topic())).get(table.topic());
      if (found != null && found.id().equals(table.topicId())) {
        return;
      }
      if (deadline.isOverdue()) {
        throw found == null
            ? LogGoneException.missing(table, table.topic())
            : LogGoneException.replaced(table, table.topic(), table.topicId(), found.id());
      }
      backoff.pause();
    }
  }
}
