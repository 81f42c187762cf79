package io.fluss.sink;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Shows Flink's Kafka sink a record as it is: it is encoded already. */
final class RecordSerialization
    implements KafkaRecordSerializationSchema<ProducerRecord<byte[], byte[]>> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ProducerRecord<byte[], byte[]> record, KafkaSinkContext context, Long timestamp) {
    return record;
  }
}
