package io.fluss.upsert;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.write.FirstFailure;
import io.fluss.write.ProducerSettings;
import io.fluss.write.SendListener;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteOutcome;
import io.fluss.write.WriterConfig;
import java.time.Duration;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends records with an idempotent producer, its own or one that it shares: each is in the log once
 * per call of {@link #send}, acknowledged by all in-sync replicas, visible at once. The producer
 * gathers records of a bucket into batches and compresses them; its buffer bounds the memory.
 */
public final class ProducerRecordSender implements RecordSender {

  private final Producer<byte[], byte[]> producer;
  private final Runnable closeProducer;
  private final FirstFailure failure;

  /** One for all, since there is a call for each row. */
  private final Callback callback;

  /**
   * @param topicLimits what each topic of the table takes
   * @param listener told of the first failure only
   */
  public ProducerRecordSender(
      TableInfo table,
      ClientConfig client,
      WriterConfig writer,
      TopicLimits topicLimits,
      SendListener listener) {
    this(
        table,
        client,
        client.open(
            () -> new KafkaProducer<>(ProducerSettings.rows(client, writer, topicLimits, table))),
        listener);
  }

  private ProducerRecordSender(
      TableInfo table,
      ClientConfig client,
      Producer<byte[], byte[]> producer,
      SendListener listener) {
    this(table, client, producer, () -> producer.close(Duration.ZERO), listener);
  }

  private ProducerRecordSender(
      TableInfo table,
      ClientConfig client,
      Producer<byte[], byte[]> producer,
      Runnable closeProducer,
      SendListener listener) {
    this.producer = producer;
    this.closeProducer = closeProducer;
    this.failure = new FirstFailure(table, client, listener);
    this.callback =
        (metadata, cause) -> {
          if (cause != null) {
            failure.fail(metadata.topic(), metadata.partition(), cause);
          }
        };
  }

  /**
   * A sender over a producer that others use as well, made with {@link ProducerSettings#rows}; it
   * stays the caller's.
   */
  public static ProducerRecordSender sharing(
      TableInfo table,
      ClientConfig client,
      Producer<byte[], byte[]> producer,
      SendListener listener) {
    return new ProducerRecordSender(table, client, producer, () -> {}, listener);
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    send(record, callback);
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record, WriteOutcome outcome)
      throws InterruptedException {
    send(
        record,
        (metadata, cause) -> {
          callback.onCompletion(metadata, cause);
          if (cause == null) {
            outcome.written(metadata.topic(), metadata.partition(), metadata.offset());
          } else {
            outcome.failed(failure.of(metadata.topic(), metadata.partition(), cause));
          }
        });
  }

  private void send(ProducerRecord<byte[], byte[]> record, Callback onCompletion)
      throws InterruptedException {
    failure.throwIfFailed();
    try {
      producer.send(record, onCompletion);
    } catch (InterruptException e) {
      throw FirstFailure.interrupted(e);
    } catch (RuntimeException e) {
      failure.fail(record.topic(), record.partition(), e);
      failure.throwIfFailed();
    }
  }

  @Override
  public void flush() throws InterruptedException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw FirstFailure.interrupted(e);
    }
    failure.throwIfFailed();
  }

  /** Throws the first failure, if there is one. */
  public void throwIfFailed() {
    failure.throwIfFailed();
  }

  /**
   * Gives up everything, so that a call that waits for brokers returns and throws this. Any thread.
   */
  public void abort(WriteFailedException why) {
    failure.fail(why);
    closeProducer.run();
  }

  @Override
  public void close() {
    failure.ignoreFromNowOn();
    closeProducer.run();
  }
}
