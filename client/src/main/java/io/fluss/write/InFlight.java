package io.fluss.write;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts what is on its way to the log. The writer's thread adds, Kafka's I/O thread takes off. */
final class InFlight {

  private final AtomicIntegerArray batchesByBucket;
  private volatile long bytes;
  private long arrivals;

  InFlight(int buckets) {
    batchesByBucket = new AtomicIntegerArray(buckets);
  }

  synchronized void left(int bucket, long size) {
    batchesByBucket.incrementAndGet(bucket);
    bytes = bytes + size;
  }

  synchronized void arrived(int bucket, long size) {
    batchesByBucket.decrementAndGet(bucket);
    bytes = bytes - size;
    arrivals++;
    notifyAll();
  }

  long bytes() {
    return bytes;
  }

  int batches(int bucket) {
    return batchesByBucket.get(bucket);
  }

  /** Returns at the next arrival, or at once where nothing is on its way. */
  synchronized void awaitArrival() throws InterruptedException {
    long seen = arrivals;
    while (arrivals == seen && bytes > 0) {
      wait();
    }
  }
}
