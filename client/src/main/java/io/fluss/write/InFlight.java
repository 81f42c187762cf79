package io.fluss.write;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Counts what is on its way to the log. The writer's thread adds, Kafka's I/O thread takes off. */
final class InFlight {

  private final Map<TopicPartition, Integer> batches = new HashMap<>();
  private volatile long bytes;
  private long arrivals;

  synchronized void left(TopicPartition target, long size) {
    batches.merge(target, 1, Integer::sum);
    bytes = bytes + size;
  }

  synchronized void arrived(TopicPartition target, long size) {
    batches.computeIfPresent(target, (t, count) -> count == 1 ? null : count - 1);
    bytes = bytes - size;
    arrivals++;
    notifyAll();
  }

  long bytes() {
    return bytes;
  }

  synchronized int batches(TopicPartition target) {
    return batches.getOrDefault(target, 0);
  }

  /** Returns at the next arrival, or at once where nothing is on its way. */
  synchronized void awaitArrival() throws InterruptedException {
    long seen = arrivals;
    while (arrivals == seen && bytes > 0) {
      wait();
    }
  }
}
