package io.fluss.sink;

import io.fluss.write.ProducerSender;
import io.fluss.write.SealedBatch;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Shows Flink's Kafka sink the record of a batch that is encoded already. */
final class BatchSerialization implements KafkaRecordSerializationSchema<SealedBatch> {

  private static final long serialVersionUID = 1L;

  private final String topic;

  BatchSerialization(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      SealedBatch batch, KafkaSinkContext context, Long timestamp) {
    return ProducerSender.toRecord(topic, batch);
  }
}
