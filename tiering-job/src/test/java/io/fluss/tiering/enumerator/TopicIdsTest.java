package io.fluss.tiering.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.kafka.ClientConfig;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicIdsTest {

  private final ClientConfig client =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());

  @Test
  void onlyWhatBrokersDoNotKnowIsUnknown() throws Exception {
    // Given
    String topic = SharedKafka.uniqueDatabase();
    String none = Uuid.randomUuid().toString();
    try (Admin kafka = Admin.create(client.toKafka())) {
      Uuid id = kafka.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).topicId(topic).get();
      kafka.describeTopics(List.of(topic)).allTopicNames().get();
      // When
      Set<String> unknown = new TopicIds(kafka).unknown(Set.of(id.toString(), none));
      // Then
      assertThat(unknown).containsExactly(none);
      kafka.deleteTopics(List.of(topic)).all().get();
    }
  }
}
