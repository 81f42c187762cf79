package io.fluss.tiering.enumerator;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.annotation.Nullable;

/**
 * Threads for what waits for Kafka or the lake. Not those of Flink's {@code callAsync}: there is
 * one, and while it commits one table nobody would keep the leases of the others.
 */
final class Workers implements AutoCloseable {

  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final Consumer<Runnable> coordinator;

  /**
   * @param coordinator runs what it is given on the enumerator's own thread
   */
  Workers(Consumer<Runnable> coordinator, ClassLoader classLoader) {
    this.coordinator = coordinator;
    this.threads = Executors.newCachedThreadPool(r -> thread(r, "fluss-tiering", classLoader));
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            r -> thread(r, "fluss-tiering-timer", classLoader));
  }

  private static Thread thread(Runnable work, String name, ClassLoader classLoader) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
    return thread;
  }

  /**
   * Does work elsewhere, then tells the enumerator's thread what came of it: the result, or the
   * error.
   */
  <T> void run(Callable<T> work, BiConsumer<T, Throwable> then) {
    try {
      threads.execute(
          () -> {
            T result = null;
            @Nullable Throwable error = null;
            try {
              result = work.call();
            } catch (Throwable e) {
              error = e;
            }
            tell(then, result, error);
          });
    } catch (RejectedExecutionException e) {
      // closed
    }
  }

  private <T> void tell(BiConsumer<T, Throwable> then, @Nullable T result, @Nullable Throwable e) {
    try {
      if (!threads.isShutdown()) {
        coordinator.accept(() -> then.accept(result, e));
      }
    } catch (RejectedExecutionException closed) {
      // the enumerator's thread has ended
    }
  }

  /** Runs something on the enumerator's thread, now and then. */
  void every(Duration interval, Runnable action) {
    timer.scheduleWithFixedDelay(
        () -> coordinator.accept(action), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the timer, and waits a while for work that has begun. */
  void close(Duration patience) {
    timer.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
