package io.fluss.sink;

import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.upsert.RecordSender;
import io.fluss.write.WriteFailedException;
import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records into the open transaction of a writer of Flink's Kafka sink, which bounds the
 * memory of records on their way by its producer's {@code buffer.memory}. The Kafka writer belongs
 * to the caller, who closes it.
 */
final class TransactionalRecords implements RecordSender {

  private static final SinkWriter.Context NO_TIMESTAMP =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return Long.MIN_VALUE;
        }

        @Nullable
        @Override
        public Long timestamp() {
          return null;
        }
      };

  private final TableInfo table;
  private final ClientConfig client;
  private final SinkWriter<ProducerRecord<byte[], byte[]>> kafka;

  /**
   * @param client whose failures the Kafka writer's are
   */
  TransactionalRecords(
      TableInfo table, ClientConfig client, SinkWriter<ProducerRecord<byte[], byte[]>> kafka) {
    this.table = table;
    this.client = client;
    this.kafka = kafka;
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    try {
      kafka.write(record, NO_TIMESTAMP);
    } catch (IOException e) {
      throw failed(
          "bucket " + record.partition() + " (topic '" + record.topic() + "') or one before it", e);
    }
  }

  @Override
  public void flush() throws InterruptedException {
    try {
      kafka.flush(false);
    } catch (IOException e) {
      throw failed("one of its buckets", e);
    }
  }

  @Override
  public void close() {}

  /** The Kafka writer's cause names topic and partition of the record that failed. */
  private WriteFailedException failed(String where, IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new WriteFailedException(
        "Cannot write to table '"
            + table.path()
            + "', "
            + where
            + ": "
            + MissingRight.explain(client, Operation.WRITE, table.path(), cause),
        e);
  }
}
