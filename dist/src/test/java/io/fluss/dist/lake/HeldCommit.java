package io.fluss.dist.lake;

import io.fluss.table.TablePath;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The first commit that comes by goes no further, whatever becomes of its job: as in a process that
 * was killed there, or that sleeps until it is woken.
 */
final class HeldCommit implements Consumer<TablePath> {

  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private final AtomicReference<TablePath> held = new AtomicReference<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean dead = true;

  @Override
  public void accept(TablePath table) {
    if (!held.compareAndSet(null, table)) {
      return;
    }
    reached.countDown();
    boolean asleep = true;
    while (asleep) {
      try {
        ended.await();
        asleep = false;
      } catch (InterruptedException e) {
        // whoever sleeps or is dead does not hear it
      }
    }
    if (dead) {
      throw new IllegalStateException("The process of this commit was killed.");
    }
  }

  /** Waits a moment for one; its table. */
  Optional<TablePath> table() throws InterruptedException {
    return reached.await(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(held.get())
        : Optional.empty();
  }

  /** It goes on as if nothing had been. */
  void wake() {
    dead = false;
    ended.countDown();
  }

  /** It never goes on. The thread ends. */
  void bury() {
    ended.countDown();
  }
}
