package io.fluss.upsert;

import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteOutcome;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Brings records to the log, those of one bucket in the order given. Called by the writer's thread.
 *
 * <p>A record may fail after {@link #send} has returned. The first such failure is kept, and every
 * later call throws it.
 */
public interface RecordSender extends AutoCloseable {

  /**
   * Hands over a record that names its bucket; returns before it is in the log.
   *
   * @throws WriteFailedException where this or an earlier record failed
   */
  void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException;

  /**
   * As {@link #send(ProducerRecord)}, and tells what became of the record, before {@link #flush}
   * returns. A sender that does not learn of it tells nothing.
   */
  default void send(ProducerRecord<byte[], byte[]> record, WriteOutcome outcome)
      throws InterruptedException {
    send(record);
  }

  /** Returns once every record given is in the log, or throws WriteFailedException. */
  void flush() throws InterruptedException;

  /** Gives up what is still on its way: callers flush first where it matters. */
  @Override
  void close();
}
