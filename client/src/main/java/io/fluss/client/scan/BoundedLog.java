package io.fluss.client.scan;

import io.fluss.client.shared.ClientContext;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Ranges of logs, read with one consumer. A range ends by the consumer's position, not by the last
 * record: before its end may lie rows of aborted transactions, which are never seen. One thread.
 */
final class BoundedLog implements AutoCloseable {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  private final ReadConsumer consumer;
  private final ReadTopics topics;
  private final Map<TopicPartition, BucketRange> reading = new LinkedHashMap<>();
  private long checkedAtNanos = System.nanoTime();

  BoundedLog(TableInfo table, ClientContext context, ReadTopics topics) {
    this.topics = topics;
    this.consumer = ReadConsumer.open(table, context, true);
  }

  /** Begins to read these ranges, in place of those that were read. */
  void begin(List<BucketRange> ranges) {
    reading.clear();
    ranges.stream().filter(r -> !r.isEmpty()).forEach(r -> reading.put(r.bucket().place(), r));
    consumer.assign(reading.keySet());
    reading.values().forEach(r -> consumer.seek(r.bucket().place(), r.start()));
  }

  /** Whether all ranges were read to their ends. */
  boolean isAtEnd() {
    return reading.isEmpty();
  }

  /**
   * The next records, by bucket; none where there are none for so long.
   *
   * @throws io.fluss.read.LogGoneException where a topic is not what it was when the read began
   */
  Map<ReadBucket, List<ConsumerRecord<byte[], byte[]>>> poll(Duration timeout) {
    requireStillThere();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    Map<ReadBucket, List<ConsumerRecord<byte[], byte[]>>> wanted = new HashMap<>();
    for (TopicPartition place : records.partitions()) {
      BucketRange range = reading.get(place);
      List<ConsumerRecord<byte[], byte[]>> all = records.records(place);
      int end = all.size();
      while (end > 0 && all.get(end - 1).offset() >= range.end()) {
        end--;
      }
      if (end > 0) {
        wanted.put(range.bucket(), all.subList(0, end));
      }
    }
    endThoseThatWereRead();
    return wanted;
  }

  private void endThoseThatWereRead() {
    List<BucketRange> ended = new ArrayList<>();
    for (BucketRange range : reading.values()) {
      if (consumer.position(range.bucket().place()) >= range.end()) {
        ended.add(range);
      }
    }
    if (!ended.isEmpty()) {
      // Without this, rows of a topic that was replaced on the way would count as the table's.
      topics.requireStillThere(ended.stream().map(BucketRange::bucket).toList());
      ended.forEach(r -> reading.remove(r.bucket().place()));
      consumer.assign(reading.keySet());
    }
  }

  private void requireStillThere() {
    long now = System.nanoTime();
    if (!reading.isEmpty() && now - checkedAtNanos > CHECK_INTERVAL.toNanos()) {
      topics.requireStillThere(reading.values().stream().map(BucketRange::bucket).toList());
      checkedAtNanos = now;
    }
  }

  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
