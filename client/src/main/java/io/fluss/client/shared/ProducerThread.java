package io.fluss.client.shared;

import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The thread on which a Kafka producer completes futures of writes. What waits for a producer may
 * not be called there: it would wait for itself.
 */
@Internal
public final class ProducerThread {

  private ProducerThread() {}

  /**
   * @param what would wait, as a sentence begins
   * @throws IllegalStateException where the caller is on such a thread; nothing was done
   */
  public static void refuse(String what) {
    String thread = Thread.currentThread().getName();
    if (thread.startsWith(KafkaProducer.NETWORK_THREAD_PREFIX)) {
      throw new IllegalStateException(
          what
              + " waits for the cluster, and this is the thread that brings its answers ('"
              + thread
              + "'). Call it on another one: thenRunAsync(..) in place of thenRun(..).");
    }
  }
}
