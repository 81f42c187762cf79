package io.fluss.testkit.log;

import io.fluss.testkit.kafka.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The topic of a table in a test, with a producer for it. Not thread-safe. */
final class TopicFixture implements AutoCloseable {

  private final EmbeddedKafka kafka;
  private final NewTopic topic;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final String id;

  private TopicFixture(EmbeddedKafka kafka, NewTopic topic) {
    this.kafka = kafka;
    this.topic = topic;
    this.admin = Admin.create(kafka.adminProperties());
    this.producer = producer(Map.of());
    this.id = createAgain();
  }

  static TopicFixture create(
      EmbeddedKafka kafka, String name, int buckets, Map<String, String> config) {
    return new TopicFixture(kafka, new NewTopic(name, buckets, (short) 1).configs(config));
  }

  String id() {
    return id;
  }

  Admin admin() {
    return admin;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Sends a record and waits until it is stored; its offset. */
  long send(ProducerRecord<byte[], byte[]> record) {
    return send(producer, record);
  }

  void sendInTransaction(List<ProducerRecord<byte[], byte[]>> records, boolean commit) {
    try (Producer<byte[], byte[]> transactional =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString()))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      records.forEach(r -> send(transactional, r));
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  void deleteBefore(int bucket, long offset) {
    TopicPartition partition = new TopicPartition(topic.name(), bucket);
    get(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all());
  }

  /** Deletes the topic and waits until the broker has forgotten it. */
  void delete() {
    get(admin.deleteTopics(List.of(topic.name())).all());
    Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic.name()));
  }

  /** Creates the topic, where it is not there; its id. */
  String createAgain() {
    return get(admin.createTopics(List.of(topic)).topicId(topic.name())).toString();
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> more) {
    Properties properties = new Properties();
    properties.putAll(kafka.adminProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static long send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get().offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Could not write to " + record.topic(), e);
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
