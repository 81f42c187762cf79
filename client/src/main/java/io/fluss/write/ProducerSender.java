package io.fluss.write;

import io.fluss.format.batch.BatchHeader;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/**
 * Sends batches with an idempotent producer, its own or one that it shares: each is in the log once
 * per call of {@link #send}, acknowledged by all in-sync replicas, visible at once.
 */
public final class ProducerSender implements BatchSender {

  private static final WriteOutcome NOBODY =
      new WriteOutcome() {
        @Override
        public void written(String topic, int bucket, long offset) {}

        @Override
        public void failed(WriteFailedException why) {}
      };

  private final Producer<byte[], byte[]> producer;
  private final Runnable closeProducer;
  private final SendListener listener;
  private final InFlight inFlight;
  private final FirstFailure failure;

  private volatile long lastRoundTripMillis;

  /**
   * @param memoryBytes memory of the writer, which bounds the producer's as well
   * @param topicLimits what each topic of the table takes
   */
  public ProducerSender(
      TableInfo table,
      ClientConfig client,
      long memoryBytes,
      TopicLimits topicLimits,
      SendListener listener) {
    this(
        table,
        client,
        client.open(
            () -> new KafkaProducer<>(ProducerSettings.batches(client, memoryBytes, topicLimits))),
        listener);
  }

  private ProducerSender(
      TableInfo table,
      ClientConfig client,
      Producer<byte[], byte[]> producer,
      SendListener listener) {
    this(table, client, producer, () -> producer.close(Duration.ZERO), listener);
  }

  private ProducerSender(
      TableInfo table,
      ClientConfig client,
      Producer<byte[], byte[]> producer,
      Runnable closeProducer,
      SendListener listener) {
    this.producer = producer;
    this.closeProducer = closeProducer;
    this.listener = listener;
    this.inFlight = new InFlight();
    this.failure = new FirstFailure(table, client, listener);
  }

  /**
   * A sender over a producer that others use as well, made with {@link ProducerSettings#batches};
   * it stays the caller's.
   */
  public static ProducerSender sharing(
      TableInfo table,
      ClientConfig client,
      Producer<byte[], byte[]> producer,
      SendListener listener) {
    return new ProducerSender(table, client, producer, () -> {}, listener);
  }

  /** The Kafka record of a batch. */
  public static ProducerRecord<byte[], byte[]> toRecord(SealedBatch batch) {
    List<Header> headers = List.of(new BatchRecordHeader(BatchHeader.KEY, batch.header()));
    return new ProducerRecord<>(batch.topic(), batch.bucket(), null, null, batch.value(), headers);
  }

  @Override
  public void send(SealedBatch batch) throws InterruptedException {
    send(batch, NOBODY);
  }

  @Override
  public void send(SealedBatch batch, WriteOutcome outcome) throws InterruptedException {
    throwIfFailed();
    TopicPartition target = new TopicPartition(batch.topic(), batch.bucket());
    long size = batch.sizeInBytes();
    long sentAt = System.nanoTime();
    inFlight.left(target, size);
    try {
      producer.send(
          toRecord(batch),
          (metadata, cause) -> {
            completed(target, size, sentAt, cause);
            if (cause == null) {
              outcome.written(target.topic(), target.partition(), metadata.offset());
            } else {
              outcome.failed(failure.of(target.topic(), target.partition(), cause));
            }
          });
    } catch (InterruptException e) {
      inFlight.arrived(target, size);
      throw FirstFailure.interrupted(e);
    } catch (RuntimeException e) {
      inFlight.arrived(target, size);
      failure.fail(target.topic(), target.partition(), e);
    }
    throwIfFailed();
  }

  @Override
  public void flush() throws InterruptedException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw FirstFailure.interrupted(e);
    }
    throwIfFailed();
  }

  @Override
  public long inFlightBytes() {
    return inFlight.bytes();
  }

  @Override
  public int inFlightBatches(String topic, int bucket) {
    return inFlight.batches(new TopicPartition(topic, bucket));
  }

  @Override
  public void awaitAck() throws InterruptedException {
    inFlight.awaitArrival();
    throwIfFailed();
  }

  /** Time between sending and arrival of the batch that arrived last. */
  public long lastRoundTripMillis() {
    return lastRoundTripMillis;
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

  private void completed(TopicPartition target, long size, long sentAt, @Nullable Exception cause) {
    if (cause != null) {
      failure.fail(target.topic(), target.partition(), cause);
    }
    inFlight.arrived(target, size);
    if (cause == null) {
      lastRoundTripMillis = (System.nanoTime() - sentAt) / 1_000_000;
      listener.acked();
    }
  }
}
