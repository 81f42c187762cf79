package io.fluss.dist.lake;

import io.fluss.table.TablePath;
import io.fluss.testkit.lake.LakeFaults;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.annotation.Nullable;

/**
 * The first commit that comes by goes no further, whatever becomes of its job: as in a process that
 * was killed there, or that sleeps until it is woken.
 */
final class HeldCommit implements Consumer<TablePath>, LakeFaults.Outcomes {

  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private final AtomicReference<TablePath> held = new AtomicReference<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CompletableFuture<Optional<RuntimeException>> outcome = new CompletableFuture<>();
  private volatile boolean dead = true;

  /** That of the commit; null before. */
  @Nullable private volatile Thread thread;

  @Override
  public void accept(TablePath table) {
    if (!held.compareAndSet(null, table)) {
      return;
    }
    thread = Thread.currentThread();
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

  @Override
  public void ended(TablePath table, @Nullable RuntimeException refusal) {
    if (Thread.currentThread() == thread) {
      outcome.complete(Optional.ofNullable(refusal));
    }
  }

  /**
   * Waits until the commit that was held before it has ended: why the lake has refused it, empty
   * where it has not.
   */
  Optional<RuntimeException> refusal(Duration patience) throws Exception {
    return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** It never goes on. The thread ends. */
  void bury() {
    ended.countDown();
  }
}
