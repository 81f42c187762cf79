package io.fluss.client.shared;

import static io.fluss.client.ClientTables.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.client.ClientTables;
import io.fluss.kafka.ClientConfig;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SharedProducersTest {

  private static final String BROKERS = SharedKafka.kafka().bootstrapServers();

  private final SharedProducers producers =
      new SharedProducers(ClientConfig.fromOptions(Map.of("bootstrap.servers", BROKERS)));

  private static Map<String, Object> settings(String lingerMillis) {
    return Map.of(
        "bootstrap.servers",
        BROKERS,
        "linger.ms",
        lingerMillis,
        "key.serializer",
        ByteArraySerializer.class,
        "value.serializer",
        ByteArraySerializer.class);
  }

  @Test
  void writersWithTheSameSettingsShareOneUntilItFailsOneOfThem() {
    // Given
    SharedProducers.Lease first = producers.take(settings("1"));
    SharedProducers.Lease second = producers.take(settings("1"));
    // When
    first.giveBack(true);
    SharedProducers.Lease third = producers.take(settings("1"));
    // Then
    assertThat(second.producer()).isSameAs(first.producer());
    assertThat(third.producer()).isNotSameAs(first.producer());
    second.giveBack(false);
    third.giveBack(false);
  }

  @Test
  void whatRunsWhenAProducerIsClosedMayTakeAnother() throws Exception {
    // Given: a record that waits, and somebody who needs a producer when he learns of its end
    try (ClientTables tables = ClientTables.open()) {
      String topic = tables.create("t", orders().buckets(1)).getTableInfo().topic();
      SharedProducers.Lease lease = producers.take(settings("60000"));
      CompletableFuture<Boolean> taken = new CompletableFuture<>();
      lease
          .producer()
          .send(
              new ProducerRecord<>(topic, new byte[1]),
              (metadata, failure) -> taken.complete(takesAnother()));
      // When
      lease.giveBack(false);
      // Then
      assertThat(taken.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private boolean takesAnother() {
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> producers.take(settings("2")).giveBack(false));
    try {
      other.get(5, TimeUnit.SECONDS);
      return true;
    } catch (Exception e) {
      return false;
    }
  }
}
