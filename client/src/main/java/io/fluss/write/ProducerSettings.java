package io.fluss.write;

import io.fluss.kafka.ClientConfig;
import io.fluss.options.WriterOptions;
import io.fluss.table.TableInfo;
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
   * A producer asks for each topic when its first record comes, and pauses so long between two such
   * requests: at Kafka's 100 ms, a writer of hundreds of partitions would stand still for a minute.
   * Where brokers have trouble pauses double, up to Kafka's one second.
   */
  private static final String FIRST_BACKOFF_MILLIS = "2";

  /**
   * A record is a batch already. The producer sets aside at least this much for each bucket that
   * has one on its way, which at Kafka's 16 KiB is most of the memory of a thin stream over many
   * buckets.
   */
  private static final String BATCH_BYTES = "1024";

  /** Bounds of a batch of rows of one bucket. */
  private static final int SMALLEST_ROW_BATCH = 16 * 1024;

  private static final int LARGEST_ROW_BATCH = 512 * 1024;

  /** So many partitions of a table are written at a time, as a rule. */
  private static final int PARTITIONS_AT_ONCE = 8;

  /** How many batches of each bucket the memory holds: one is filled while others are sent. */
  private static final int ROW_BATCHES_IN_MEMORY = 4;

  private static final String ROW_COMPRESSION = "lz4";

  private static final Map<String, List<String>> ALLOWED_VALUES =
      Map.of(
          ProducerConfig.ACKS_CONFIG, List.of("all", "-1"),
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, List.of("true"));

  /** Batches are compressed before the producer sees them. */
  private static final List<String> BATCH_COMPRESSIONS = List.of("none");

  private static final List<String> ROW_COMPRESSIONS =
      List.of(ROW_COMPRESSION, "zstd", "snappy", "gzip", "none");

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
          "Leave it out: the table decides.",
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          "Leave it out: the table decides.");

  private ProducerSettings() {}

  /**
   * What of the user's {@code properties.*} a writer of the table cannot take; empty where all is
   * fine.
   */
  public static List<String> problems(ClientConfig client, TableInfo table) {
    return problems(client, table.hasPrimaryKey() ? ROW_COMPRESSIONS : BATCH_COMPRESSIONS);
  }

  /**
   * The same for a client that writes tables of both kinds; compression is then of rows, for
   * batches are compressed as their table says.
   */
  public static List<String> problems(ClientConfig client) {
    return problems(client, ROW_COMPRESSIONS);
  }

  private static List<String> problems(ClientConfig client, List<String> compressions) {
    List<String> problems = new ArrayList<>();
    Map<String, List<String>> allowedValues = new HashMap<>(ALLOWED_VALUES);
    allowedValues.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compressions);
    client
        .properties()
        .forEach(
            (key, value) -> {
              List<String> allowed = allowedValues.get(key);
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
   * Settings of a producer of log tables, without transactions. Its records are batches already.
   *
   * @param memoryBytes bounds the producer's buffer, into which it copies records on their way; at
   *     least one record of the largest size fits
   */
  public static Map<String, Object> batches(
      ClientConfig client, long memoryBytes, TopicLimits limits) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.putAll(shared(client, memoryBytes, limits));
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    return settings;
  }

  /**
   * Settings of a producer of primary-key tables, without transactions. It gathers the rows of each
   * bucket into batches and compresses them.
   *
   * @param writer its memory bounds the producer's buffer; at least one record of the largest size
   *     fits
   */
  public static Map<String, Object> rows(
      ClientConfig client, WriterConfig writer, TopicLimits limits, TableInfo table) {
    int buckets = table.isPartitioned() ? PARTITIONS_AT_ONCE * table.buckets() : table.buckets();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, Long.toString(writer.rowTimeout().toMillis()));
    settings.put(
        ProducerConfig.BATCH_SIZE_CONFIG, Long.toString(rowBatchBytes(writer, limits, buckets)));
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, ROW_COMPRESSION);
    settings.putAll(shared(client, writer.memoryBytes(), limits));
    return settings;
  }

  /** The producer sets this much aside for each bucket that has rows on their way. */
  private static long rowBatchBytes(WriterConfig writer, TopicLimits limits, int buckets) {
    long share = writer.memoryBytes() / ROW_BATCHES_IN_MEMORY / buckets;
    long largest = Math.min(LARGEST_ROW_BATCH, limits.maxMessageBytes() / 2);
    return Math.min(writer.batchBytes(), Math.min(largest, Math.max(SMALLEST_ROW_BATCH, share)));
  }

  private static Map<String, Object> shared(
      ClientConfig client, long memoryBytes, TopicLimits limits) {
    int requestBytes = Math.max(limits.maxMessageBytes(), SMALLEST_REQUEST);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, FIRST_BACKOFF_MILLIS);
    settings.putAll(client.toKafka());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(requestBytes));
    settings.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(Math.max(memoryBytes, requestBytes)));
    return settings;
  }
}
