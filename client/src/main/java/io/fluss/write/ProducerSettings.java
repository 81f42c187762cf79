package io.fluss.write;

import io.fluss.kafka.ClientConfig;
import io.fluss.options.WriterOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer settings of a table writer: ours, then the user's {@code properties.*}, where they
 * do not break what the writer promises.
 */
public final class ProducerSettings {

  /** Kafka's default for {@code max.request.size}; never set lower. */
  private static final int SMALLEST_REQUEST = 1024 * 1024;

  /** Broker restarts and elections are over well before; so long a blocked send may wait. */
  private static final String MAX_BLOCK_MILLIS = "120000";

  /**
   * A record is a batch already. The producer sets aside at least this much for each bucket that
   * has one on its way, which at Kafka's 16 KiB is most of the memory of a thin stream over many
   * buckets.
   */
  private static final String BATCH_BYTES = "1024";

  private static final Map<String, List<String>> ALLOWED_VALUES =
      Map.of(
          ProducerConfig.ACKS_CONFIG, List.of("all", "-1"),
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, List.of("true"),
          ProducerConfig.COMPRESSION_TYPE_CONFIG, List.of("none"));

  private static final Map<String, String> INSTEAD =
      Map.of(
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          "Set '" + WriterOptions.BUFFER_MEMORY.key() + "' instead.",
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          "It follows 'max.message.bytes' of the topic.",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          "Transactions are the sink's: see 'sink.delivery-guarantee'.",
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          "The bucket key decides: see 'bucket.key' and '"
              + WriterOptions.NO_KEY_ASSIGNER.key()
              + "'.",
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          "Leave it out: records are Arrow batches.",
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          "Leave it out: records are Arrow batches.");

  private ProducerSettings() {}

  /** What of the user's {@code properties.*} a writer cannot take; empty where all is fine. */
  public static List<String> problems(ClientConfig client) {
    List<String> problems = new ArrayList<>();
    client
        .properties()
        .forEach(
            (key, value) -> {
              List<String> allowed = ALLOWED_VALUES.get(key);
              if (INSTEAD.containsKey(key)) {
                problems.add(
                    "Option 'properties."
                        + key
                        + "' cannot be set for a table. "
                        + INSTEAD.get(key));
              } else if (allowed != null && !allowed.contains(value.toLowerCase(Locale.ROOT))) {
                problems.add(
                    "Option 'properties."
                        + key
                        + "' is '"
                        + value
                        + "'; writing tables needs '"
                        + allowed.get(0)
                        + "'. Leave it out.");
              }
            });
    return problems;
  }

  /**
   * Settings of a producer without transactions.
   *
   * @param memoryBytes bounds the producer's buffer, into which it copies records on their way; at
   *     least one record of the largest size fits
   */
  public static Map<String, Object> idempotent(
      ClientConfig client, long memoryBytes, TopicLimits limits) {
    int requestBytes = Math.max(limits.maxMessageBytes(), SMALLEST_REQUEST);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    settings.putAll(client.toKafka());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(requestBytes));
    settings.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(Math.max(memoryBytes, requestBytes)));
    return settings;
  }
}
