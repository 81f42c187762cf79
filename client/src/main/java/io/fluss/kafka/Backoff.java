package io.fluss.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Pauses between tries that grow and vary, so that clients in each other's way drift apart. Not
 * thread-safe: one per operation.
 */
public final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(4);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private final CountDownLatch never = new CountDownLatch(1);
  private long limitMillis = FIRST.toMillis();

  /**
   * Waits for a random time under the current limit, then doubles the limit.
   *
   * @throws InterruptException where the thread is interrupted, with its flag set again
   */
  public void pause() {
    try {
      never.await(ThreadLocalRandom.current().nextLong(1, limitMillis + 1), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    limitMillis = Math.min(LONGEST.toMillis(), limitMillis * 2);
  }
}
