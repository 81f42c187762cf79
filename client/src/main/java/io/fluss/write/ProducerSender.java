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
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/**
 * Sends batches with an idempotent producer of its own: each is in the log once per call of {@link
 * #send}, acknowledged by all in-sync replicas, visible at once.
 */
public final class ProducerSender implements BatchSender {

  private final TableInfo table;
  private final Producer<byte[], byte[]> producer;
  private final SendListener listener;
  private final InFlight inFlight;
  private final FirstFailure failure;

  private volatile long lastRoundTripMillis;

  /**
   * @param memoryBytes memory of the writer, which bounds the producer's as well
   * @param topicLimits what the table's topic takes
   */
  public ProducerSender(
      TableInfo table,
      ClientConfig client,
      long memoryBytes,
      TopicLimits topicLimits,
      SendListener listener) {
    this(
        table,
        new KafkaProducer<>(ProducerSettings.batches(client, memoryBytes, topicLimits)),
        listener);
  }

  ProducerSender(TableInfo table, Producer<byte[], byte[]> producer, SendListener listener) {
    this.table = table;
    this.producer = producer;
    this.listener = listener;
    this.inFlight = new InFlight(table.buckets());
    this.failure = new FirstFailure(table, listener);
  }

  /** The Kafka record of a batch. */
  public static ProducerRecord<byte[], byte[]> toRecord(String topic, SealedBatch batch) {
    List<Header> headers = List.of(new BatchRecordHeader(BatchHeader.KEY, batch.header()));
    return new ProducerRecord<>(topic, batch.bucket(), null, null, batch.value(), headers);
  }

  @Override
  public void send(SealedBatch batch) throws InterruptedException {
    throwIfFailed();
    long size = batch.sizeInBytes();
    long sentAt = System.nanoTime();
    inFlight.left(batch.bucket(), size);
    try {
      producer.send(
          toRecord(table.topic(), batch),
          (metadata, cause) -> completed(batch.bucket(), size, sentAt, cause));
    } catch (InterruptException e) {
      throw FirstFailure.interrupted(e);
    } catch (RuntimeException e) {
      inFlight.arrived(batch.bucket(), size);
      failure.fail(batch.bucket(), e);
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
  public int inFlightBatches(int bucket) {
    return inFlight.batches(bucket);
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

  @Override
  public void close() {
    failure.ignoreFromNowOn();
    producer.close(Duration.ZERO);
  }

  private void completed(int bucket, long size, long sentAt, @Nullable Exception cause) {
    if (cause != null) {
      failure.fail(bucket, cause);
    }
    inFlight.arrived(bucket, size);
    if (cause == null) {
      lastRoundTripMillis = (System.nanoTime() - sentAt) / 1_000_000;
      listener.acked();
    }
  }
}
