package io.fluss.tiering.reader;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopics;
import io.fluss.tiering.split.RangeSplit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads ranges of buckets, one after the other, to exactly their ends or to where they are cut.
 *
 * <p>One thread; only {@link #cancel} and {@link #wakeUp} are for others.
 */
final class BucketReader implements AutoCloseable {

  /** Records of primary-key tables are single rows: Kafka's default of 500 would be few. */
  private static final String RECORDS_PER_POLL = "10000";

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

  /** Ranges end before the end of the log, so what is to be read is there. */
  private static final Duration STALLED = Duration.ofMinutes(2);

  /** Nor is it after this time where the topic is another one now. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private volatile boolean cancelled;

  BucketReader(ClientConfig client, String name) {
    Map<String, String> properties = new HashMap<>(client.properties());
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    this.consumer =
        LogConsumers.open(new ClientConfig(client.bootstrapServers(), properties), name);
    Map<String, Object> settings = client.toKafka();
    settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    this.admin = client.open(() -> Admin.create(settings));
  }

  /** How far a range is read where it has no bound but its end. */
  static final Bound TO_THE_END = new Bound(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * Where a range is cut, behind some record: after so many bytes, or so much time.
   *
   * @param nanoTime on the clock of {@link System#nanoTime}; {@link Long#MAX_VALUE}: never
   */
  record Bound(long bytes, long nanoTime) {

    private boolean isReached(long readBytes) {
      return readBytes >= bytes || nanoTime != Long.MAX_VALUE && System.nanoTime() - nanoTime >= 0;
    }
  }

  /**
   * Reads a range, at least one record of it.
   *
   * @param start of the range, within the split's bucket
   * @param end of it
   * @throws LogGapException where records of it are gone
   * @throws LogGoneException where no records come, and the topic is not the split's any more
   * @throws FlussException where brokers do not deliver
   * @throws RangeCancelledException after {@link #cancel}
   */
  RangeRead read(RangeSplit split, long start, long end, Bound bound, RecordTaker taker) {
    TopicPartition bucket = split.topicPartition();
    consumer.assign(List.of(bucket));
    consumer.seek(bucket, start);
    RangeRead read = new RangeRead(start, 0, -1, -1);
    long movedNanos = System.nanoTime();
    while (true) {
      if (read.next() > start && bound.isReached(read.bytes())) {
        return read;
      }
      long position = position(bucket);
      if (position >= end) {
        return new RangeRead(
            end, read.bytes(), read.maxTimestampMillis(), read.lastTimestampMillis());
      }
      List<ConsumerRecord<byte[], byte[]>> records = poll(split, bucket);
      if (!records.isEmpty() && records.get(0).offset() < end) {
        taker.fetched(records.get(0));
      }
      read = take(records, end, bound, read, taker);
      if (position(bucket) > position) {
        movedNanos = System.nanoTime();
      } else {
        requireRecordsToCome(split, position, System.nanoTime() - movedNanos);
      }
    }
  }

  private void requireRecordsToCome(RangeSplit split, long position, long stillNanos) {
    if (stillNanos > STALLED.toNanos()) {
      throw new FlussException(
          "No records came for "
              + STALLED.toSeconds()
              + " s from offset "
              + position
              + " of "
              + split
              + ". Check that the brokers of the topic are up.");
    }
    if (stillNanos > SUSPICIOUS.toNanos()) {
      requireSameTopic(split);
    }
  }

  private RangeRead take(
      List<ConsumerRecord<byte[], byte[]>> records,
      long end,
      Bound bound,
      RangeRead before,
      RecordTaker taker) {
    long next = before.next();
    long bytes = before.bytes();
    long max = before.maxTimestampMillis();
    long last = before.lastTimestampMillis();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() >= end || bytes >= bound.bytes()) {
        break;
      }
      requireNotCancelled();
      taker.take(record);
      next = record.offset() + 1;
      bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      last = record.timestamp();
      max = Math.max(max, last);
    }
    return new RangeRead(next, bytes, max, last);
  }

  private List<ConsumerRecord<byte[], byte[]>> poll(RangeSplit split, TopicPartition bucket) {
    requireNotCancelled();
    try {
      return consumer.poll(POLL_TIMEOUT).records(bucket);
    } catch (WakeupException e) {
      requireNotCancelled();
      return List.of();
    } catch (OffsetOutOfRangeException e) {
      throw LogGapException.explain(split.table(), consumer, e);
    } catch (InterruptException e) {
      throw new RangeCancelledException();
    } catch (KafkaException e) {
      throw new FlussException("Could not read " + split + ": " + e.getMessage(), e);
    }
  }

  private long position(TopicPartition bucket) {
    try {
      return consumer.position(bucket);
    } catch (WakeupException e) {
      requireNotCancelled();
      return consumer.position(bucket);
    }
  }

  /** Offset of the oldest record of the split's bucket. */
  long logStart(RangeSplit split) {
    return LogTopics.shared(split.table(), admin)
        .logStart(List.of(split.topicPartition()))
        .get(split.topicPartition());
  }

  /** Offset behind the newest record of the split's bucket. */
  long logEnd(RangeSplit split) {
    return LogTopics.shared(split.table(), admin)
        .logEnd(List.of(split.topicPartition()))
        .get(split.topicPartition());
  }

  /** For how long the split's topic keeps deletes. */
  Duration tombstoneRetention(RangeSplit split) {
    return LogTopics.shared(split.table(), admin)
        .compaction(List.of(split.topic()))
        .get(split.topic())
        .tombstoneRetention();
  }

  /**
   * To be called when a range was read.
   *
   * @throws LogGoneException where the topic is not the one that the split was made for: what was
   *     read may be of another
   */
  void requireSameTopic(RangeSplit split) {
    LogTopics.Found found =
        LogTopics.shared(split.table(), admin).find(List.of(split.topic())).get(split.topic());
    if (found == null) {
      throw LogGoneException.missing(split.table(), split.topic());
    }
    if (!found.id().equals(split.topicId())) {
      throw LogGoneException.replaced(split.table(), split.topic(), split.topicId(), found.id());
    }
  }

  /** Ends a range that was given up, between records. */
  void requireNotCancelled() {
    if (cancelled) {
      throw new RangeCancelledException();
    }
  }

  /** Ends the reading of the present range. */
  void cancel() {
    cancelled = true;
    consumer.wakeup();
  }

  /** The next range is wanted again. */
  void begin() {
    cancelled = false;
  }

  @Override
  public void close() {
    try {
      consumer.close();
    } finally {
      admin.close(Duration.ZERO);
    }
  }
}
