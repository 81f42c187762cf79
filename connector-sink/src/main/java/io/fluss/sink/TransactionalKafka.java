package io.fluss.sink;

import io.fluss.table.TableInfo;
import io.fluss.write.ProducerSettings;
import io.fluss.write.TopicLimits;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Flink's Kafka sink, set up to carry records in transactions; why it is used and how: {@code
 * docs/decisions/0004-exactly-once-by-kafka-sink.md}.
 */
final class TransactionalKafka {

  /** The most that brokers allow by default; a job must be back within it. */
  private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

  private TransactionalKafka() {}

  static KafkaSink<ProducerRecord<byte[], byte[]>> sink(
      TableSinkConfig config, TopicLimits limits) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    producer(config, limits).forEach((key, value) -> properties.setProperty(key, value.toString()));
    // the builder sets these itself and warns of others
    properties.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    properties.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    return KafkaSink.<ProducerRecord<byte[], byte[]>>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(config.transactionalIdPrefix())
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setRecordSerializer(new RecordSerialization())
        .build();
  }

  private static Map<String, Object> producer(TableSinkConfig config, TopicLimits limits) {
    TableInfo table = config.table();
    return table.hasPrimaryKey()
        ? ProducerSettings.rows(config.client(), config.writer(), limits, table)
        : ProducerSettings.batches(config.client(), inFlightMemory(config), limits);
  }

  /** Of a log table, half of the writer's memory: the other half gathers rows. */
  static long inFlightMemory(TableSinkConfig config) {
    return config.writer().memoryBytes() / 2;
  }
}
