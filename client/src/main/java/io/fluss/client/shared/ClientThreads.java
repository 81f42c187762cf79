package io.fluss.client.shared;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;

/**
 * The threads of one connection, all daemons named {@code fluss-client-...}. Idle ones end after a
 * while. Thread-safe.
 */
@Internal
public final class ClientThreads implements AutoCloseable {

  private static final int QUESTIONS_AT_ONCE = 8;
  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 10;

  private final ScheduledExecutorService clock;
  private final ThreadPoolExecutor questions;
  private final ExecutorService alarms;
  private volatile boolean closed;

  ClientThreads() {
    this.clock = Executors.newSingleThreadScheduledExecutor(named("clock"));
    this.questions =
        new ThreadPoolExecutor(
            QUESTIONS_AT_ONCE,
            QUESTIONS_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("admin"));
    questions.allowCoreThreadTimeOut(true);
    this.alarms = Executors.newCachedThreadPool(named("writer"));
  }

  private static ThreadFactory named(String role) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "fluss-client-" + role + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Asks the cluster something that blocks; such questions wait for one another when there are
   * many.
   *
   * @return fails with an {@link IllegalStateException} where this is closed before it is asked
   */
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable task =
        () -> {
          if (closed) {
            answer.completeExceptionally(
                new IllegalStateException("The connection is closed, so nothing was asked."));
            return;
          }
          try {
            answer.complete(question.get());
          } catch (Throwable e) {
            answer.completeExceptionally(e);
          }
        };
    try {
      questions.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
    return answer;
  }

  /** Runs something that may block, after a while; not at all where this is closed meanwhile. */
  public void runIn(long delayMillis, Runnable task) {
    try {
      if (delayMillis <= 0) {
        run(task);
      } else {
        clock.schedule(() -> run(task), delayMillis, TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      // closed: there is nothing left to do for it
    }
  }

  /** Runs something that may block, again and again, never twice at a time. */
  public ScheduledFuture<?> runEvery(long intervalMillis, Runnable task) {
    AtomicInteger running = new AtomicInteger();
    return clock.scheduleWithFixedDelay(
        () -> {
          if (running.compareAndSet(0, 1)) {
            run(
                () -> {
                  try {
                    task.run();
                  } finally {
                    running.set(0);
                  }
                });
          }
        },
        intervalMillis,
        intervalMillis,
        TimeUnit.MILLISECONDS);
  }

  private void run(Runnable task) {
    try {
      alarms.execute(task);
    } catch (RejectedExecutionException e) {
      // closed
    }
  }

  @Override
  public void close() {
    closed = true;
    clock.shutdownNow();
    alarms.shutdownNow();
    // those that were waiting: each finds this closed, and its future fails
    questions.shutdownNow().forEach(Runnable::run);
    try {
      alarms.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      questions.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      clock.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
