package io.fluss.sink;

import io.fluss.table.TableInfo;
import io.fluss.write.BatchSender;
import io.fluss.write.SealedBatch;
import io.fluss.write.WriteFailedException;
import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Sends batches into the open transaction of a writer of Flink's Kafka sink, which bounds the
 * memory of batches on their way by its producer's {@code buffer.memory}. The Kafka writer belongs
 * to the caller, who closes it.
 */
final class TransactionalSender implements BatchSender {

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
  private final SinkWriter<SealedBatch> kafka;

  TransactionalSender(TableInfo table, SinkWriter<SealedBatch> kafka) {
    this.table = table;
    this.kafka = kafka;
  }

  @Override
  public void send(SealedBatch batch) throws InterruptedException {
    try {
      kafka.write(batch, NO_TIMESTAMP);
    } catch (IOException e) {
      throw failed("bucket " + batch.bucket() + " or one before it", e);
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
  public long inFlightBytes() {
    return 0;
  }

  @Override
  public int inFlightBatches(int bucket) {
    return 0;
  }

  @Override
  public void awaitAck() {}

  @Override
  public void close() {}

  /** The Kafka writer's cause names topic and partition of the batch that failed. */
  private WriteFailedException failed(String where, IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new WriteFailedException(
        "Cannot write to table '"
            + table.path()
            + "', "
            + where
            + " (topic '"
            + table.topic()
            + "'): "
            + cause.getMessage(),
        e);
  }
}
