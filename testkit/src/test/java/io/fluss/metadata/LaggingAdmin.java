package io.fluss.metadata;

import io.fluss.kafka.ClientConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;

/** Answers as brokers do that have not heard of new topics: the first descriptions find none. */
final class LaggingAdmin extends ForwardingAdmin {

  private static final String MISSING = "missing";

  private int left;

  LaggingAdmin(ClientConfig config, int descriptions) {
    super(config.toKafka());
    this.left = descriptions;
  }

  @Override
  public DescribeTopicsResult describeTopics(TopicCollection topics, DescribeTopicsOptions how) {
    if (left == 0 || !(topics instanceof TopicCollection.TopicNameCollection named)) {
      return super.describeTopics(topics, how);
    }
    left--;
    KafkaFuture<TopicDescription> unknown =
        super.describeTopics(TopicCollection.ofTopicNames(List.of(MISSING)), how)
            .topicNameValues()
            .get(MISSING);
    return new Unknown(named.topicNames().iterator().next(), unknown);
  }

  private static final class Unknown extends DescribeTopicsResult {

    Unknown(String topic, KafkaFuture<TopicDescription> unknown) {
      super(null, Map.of(topic, unknown));
    }
  }
}
