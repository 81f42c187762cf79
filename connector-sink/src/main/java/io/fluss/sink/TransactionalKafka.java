package io.fluss.sink;

import io.fluss.write.ProducerSettings;
import io.fluss.write.SealedBatch;
import io.fluss.write.TopicLimits;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Flink's Kafka sink, set up to carry sealed batches in transactions; why it is used and how:
 * {@code docs/decisions/0004-exactly-once-by-kafka-sink.md}.
 */
final class TransactionalKafka {

  /** The most that brokers allow by default; a job must be back within it. */
  private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

  private TransactionalKafka() {}

  static KafkaSink<SealedBatch> sink(LogSinkConfig config, TopicLimits limits) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    Map<String, Object> settings =
        ProducerSettings.idempotent(config.client(), inFlightMemory(config), limits);
    settings.forEach((key, value) -> properties.setProperty(key, value.toString()));
    // the builder sets these itself and warns of others
    properties.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    properties.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    return KafkaSink.<SealedBatch>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(config.transactionalIdPrefix())
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setRecordSerializer(new BatchSerialization(config.table().topic()))
        .build();
  }

  /** Half of the writer's memory: the other half gathers rows. */
  static long inFlightMemory(LogSinkConfig config) {
    return config.writer().memoryBytes() / 2;
  }
}
