package io.fluss.tiering.enumerator;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for topics by their ids. Thread-safe. */
final class TopicIds {

  private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

  private final Admin kafka;

  TopicIds(Admin kafka) {
    this.kafka = kafka;
  }

  /** Those that brokers say there are none of; without those that may not be seen. */
  Set<String> unknown(Set<String> ids) {
    Map<Uuid, KafkaFuture<TopicDescription>> answers =
        kafka
            .describeTopics(
                TopicCollection.ofTopicIds(
                    ids.stream().map(Uuid::fromString).collect(Collectors.toSet())))
            .topicIdValues();
    Set<String> unknown = new HashSet<>();
    answers.forEach(
        (id, answer) -> {
          if (isUnknown(id, answer)) {
            unknown.add(id.toString());
          }
        });
    return unknown;
  }

  private static boolean isUnknown(Uuid id, KafkaFuture<TopicDescription> answer) {
    try {
      answer.get();
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicIdException) {
        return true;
      }
      LOG.warn("It is not known whether the topic with id {} is gone.", id, e.getCause());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
