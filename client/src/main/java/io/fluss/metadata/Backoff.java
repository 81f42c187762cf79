package io.fluss.metadata;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Pauses that grow and vary, so that clients in each other's way drift apart. Not thread-safe: one
 * per operation.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(4);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private long limitMillis = FIRST.toMillis();

  /** Waits for a random time under the current limit, then doubles the limit. */
  void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, limitMillis + 1));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    limitMillis = Math.min(LONGEST.toMillis(), limitMillis * 2);
  }
}
