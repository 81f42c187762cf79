package io.fluss.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.kafka.ClientConfig;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/**
 * Writers that fence each other, some of them killed in mid-transaction. Each adds one to a counter
 * 200 times; the counters must add up to what was acknowledged.
 */
class ConcurrentChangesTest {

  private static final int WRITERS = 8;
  private static final int CHANGES = 200;
  private static final int KEYS = 4;
  private static final int KILLED_EVERY = 80;
  private static final long SEED = 20261122L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String database = SharedKafka.uniqueDatabase();
  private final ClientConfig config =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());

  @Test
  void noChangeIsLostOrMadeTwice() throws Exception {
    // Given
    try (Admin admin = Admin.create(config.toKafka());
        MetadataStore store = new MetadataStore(config, admin)) {
      store.createTopic(database);
    }
    // When
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int writer = w;
      running.add(threads.submit(() -> write(writer)));
    }
    for (Future<?> f : running) {
      f.get(3, TimeUnit.MINUTES);
    }
    threads.shutdown();
    // Then
    try (Admin admin = Admin.create(config.toKafka());
        MetadataStore store = new MetadataStore(config, admin)) {
      DatabaseImage image = store.read(database).orElseThrow();
      int sum = 0;
      for (int key = 0; key < KEYS; key++) {
        ObjectNode counter = counter(image, "counter/" + key);
        for (var parts = counter.elements(); parts.hasNext(); ) {
          sum += parts.next().asInt();
        }
      }
      assertThat(sum).isEqualTo(WRITERS * CHANGES);
      assertThat(image.record("never")).as("a write that was not committed").isEmpty();
    }
  }

  private void write(int writer) {
    Random random = new Random(SEED + writer);
    String name = "w" + writer;
    int[] done = new int[KEYS];
    try (Admin admin = Admin.create(config.toKafka());
        MetadataStore store = new MetadataStore(config, admin, Duration.ofMinutes(2))) {
      for (int i = 1; i <= CHANGES; i++) {
        int key = random.nextInt(KEYS);
        int mine = ++done[key];
        store.change(database, image -> increment(image, "counter/" + key, name, mine));
        if (i % KILLED_EVERY == writer) {
          dieInMidTransaction();
        }
      }
    }
  }

  /** What is written is the whole counter, so a lost update of another writer would show. */
  private static List<MetadataRecord> increment(
      DatabaseImage image, String key, String writer, int mine) {
    ObjectNode counter = counter(image, key);
    int before = counter.path(writer).asInt(0);
    if (before == mine) {
      return List.of(); // an earlier try did land
    }
    assertThat(before).as("acknowledged before").isEqualTo(mine - 1);
    counter.put(writer, mine);
    return List.of(new MetadataRecord(key, counter.toString()));
  }

  private static ObjectNode counter(DatabaseImage image, String key) {
    try {
      return (ObjectNode) JSON.readTree(image.record(key).orElse("{}"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void dieInMidTransaction() {
    MetadataWriter writer = new MetadataWriter(database, config);
    try {
      writer.takeOver();
      writer.sendWithoutCommit(List.of(new MetadataRecord("never", "{}")));
    } catch (KafkaException e) {
      // fenced before it could die
    }
    writer.abandon();
  }
}
