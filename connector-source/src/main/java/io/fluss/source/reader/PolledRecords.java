package io.fluss.source.reader;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** What one poll brought and nobody has taken yet, bucket by bucket. Fetcher thread. */
final class PolledRecords {

  private final ConsumerRecords<byte[], byte[]> records;
  private final Iterator<TopicPartition> buckets;
  private final long polledAtMillis;
  private TopicPartition bucket;
  private List<ConsumerRecord<byte[], byte[]>> ofBucket = List.of();
  private int next;
  private final Set<TopicPartition> passedOver = new HashSet<>();

  /**
   * @param polledAtMillis wall clock when the poll returned, epoch milliseconds
   */
  PolledRecords(ConsumerRecords<byte[], byte[]> records, long polledAtMillis) {
    this.records = records;
    this.buckets = records.partitions().iterator();
    this.polledAtMillis = polledAtMillis;
    nextBucket();
  }

  static PolledRecords none() {
    return new PolledRecords(ConsumerRecords.empty(), 0);
  }

  private void nextBucket() {
    while (next == ofBucket.size() && buckets.hasNext()) {
      bucket = buckets.next();
      ofBucket = passedOver.contains(bucket) ? List.of() : records.records(bucket);
      next = 0;
    }
  }

  /** Takes all records of these buckets, for nobody. */
  void passOver(Collection<TopicPartition> unwanted) {
    passedOver.addAll(unwanted);
    if (passedOver.contains(bucket)) {
      next = ofBucket.size();
      nextBucket();
    }
  }

  boolean isEmpty() {
    return next == ofBucket.size();
  }

  long polledAtMillis() {
    return polledAtMillis;
  }

  /** The bucket that the next records are of. */
  TopicPartition bucket() {
    return bucket;
  }

  /** Takes some of the next bucket's records, in order. */
  List<ConsumerRecord<byte[], byte[]>> take(int maxRecords) {
    int from = next;
    next = Math.min(ofBucket.size(), from + maxRecords);
    List<ConsumerRecord<byte[], byte[]>> taken = ofBucket.subList(from, next);
    nextBucket();
    return taken;
  }
}
