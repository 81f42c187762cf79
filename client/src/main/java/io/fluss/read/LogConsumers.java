package io.fluss.read;

import io.fluss.kafka.ClientConfig;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Opens consumers over table logs.
 *
 * <ul>
 *   <li>They see committed rows only.
 *   <li>They never choose an offset by themselves: a wanted offset that is gone is an error, so no
 *       gap is silent.
 *   <li>They commit nothing by themselves.
 * </ul>
 *
 * These three cannot be changed by the user's properties; everything else can.
 */
public final class LogConsumers {

  private static final int MIB = 1 << 20;

  /** Batches are large: Kafka's default of 1 MB would fetch few of them at a time. */
  private static final int MOST_FETCHED_PER_BUCKET = 8 * MIB;

  /** Kafka's default. */
  private static final int MOST_FETCHED = 50 * MIB;

  // A consumer may hold two fetches at a time, and a task manager runs some consumers.
  private static final int HEAPS_PART_PER_BUCKET = 64;
  private static final int HEAPS_PART = 16;

  private LogConsumers() {}

  /**
   * Opens a consumer; the caller closes it and uses it from one thread.
   *
   * @param name told to the brokers as client id, behind the user's own
   */
  public static Consumer<byte[], byte[]> open(ClientConfig client, String name) {
    Map<String, Object> properties = client.toConsumer();
    properties.putIfAbsent(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        fetchBytes(HEAPS_PART_PER_BUCKET, MOST_FETCHED_PER_BUCKET));
    properties.putIfAbsent(
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes(HEAPS_PART, MOST_FETCHED));
    properties.merge(ConsumerConfig.CLIENT_ID_CONFIG, name, (own, added) -> own + "-" + added);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    properties.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    return client.open(
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /** At least what Kafka fetches of a bucket by default. */
  private static int fetchBytes(int part, int most) {
    return (int) Math.max(MIB, HeapShare.bytes(part, most));
  }
}
