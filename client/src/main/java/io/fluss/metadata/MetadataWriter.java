package io.fluss.metadata;

import io.fluss.kafka.ClientConfig;
import io.fluss.topic.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes to one database's metadata topic, as its only writer: all writers share one transactional
 * id, so the one that {@linkplain #takeOver() takes over} last makes the writes of all others fail.
 *
 * <p>Not thread-safe: the store holds the database's lock around it.
 */
final class MetadataWriter implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final String topic;
  private final ClientConfig config;

  @Nullable private KafkaProducer<String, String> producer;

  MetadataWriter(String database, ClientConfig config) {
    this.topic = TopicNames.metadata(database);
    this.config = config;
  }

  /** Whether this took over earlier and has not noticed that another did since. */
  boolean isOwner() {
    return producer != null;
  }

  /**
   * Fences every other writer. A transaction that one of them left open is aborted, one that was
   * being committed is finished, before this returns.
   */
  void takeOver() {
    release();
    KafkaProducer<String, String> created =
        config.open(
            () -> new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer()));
    producer = created;
    created.initTransactions();
  }

  /**
   * Writes these records in one transaction, all or none. They travel as one batch, so that a
   * reader gets them together.
   *
   * @throws org.apache.kafka.common.KafkaException where it failed or the outcome is unknown
   */
  void commit(List<MetadataRecord> records) {
    KafkaProducer<String, String> owner = producer;
    if (owner == null) {
      throw new IllegalStateException("takeOver() comes before commit().");
    }
    owner.beginTransaction();
    records.forEach(r -> owner.send(new ProducerRecord<>(topic, 0, r.key(), r.value())));
    owner.commitTransaction();
  }

  /** Sends these records and leaves the transaction open, as a writer does that dies. For tests. */
  void sendWithoutCommit(List<MetadataRecord> records) {
    KafkaProducer<String, String> owner = producer;
    owner.beginTransaction();
    records.forEach(r -> owner.send(new ProducerRecord<>(topic, 0, r.key(), r.value())));
    owner.flush();
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = config.toKafka();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        (int) MetadataStore.TRANSACTION_TIMEOUT.toMillis());
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    // Records wait for the commit, which flushes them as one batch.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1_000);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 900_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    // A topic forgotten soon is not created again by a metadata request after it was dropped.
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, 5_000);
    MetadataStore.putFastRetries(settings);
    return settings;
  }

  /** Gives up the producer; an open transaction is aborted if that can be done quickly. */
  void release() {
    close(CLOSE_TIMEOUT);
  }

  /** Gives up the producer as a killed process does: nothing is aborted. For tests. */
  void abandon() {
    close(Duration.ZERO);
  }

  private void close(Duration timeout) {
    KafkaProducer<String, String> closing = producer;
    // First: closing throws where the thread is interrupted, and a closed producer is of no use.
    producer = null;
    if (closing != null) {
      closing.close(timeout);
    }
  }

  @Override
  public void close() {
    release();
  }
}
