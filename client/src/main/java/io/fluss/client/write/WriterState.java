package io.fluss.client.write;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.client.shared.ProducerThread;
import io.fluss.table.TableInfo;
import io.fluss.write.WriteFailedException;
import io.fluss.write.topics.TopicChange;
import io.fluss.write.topics.WriterTopics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both kinds of writers have in common: the lock that makes many threads one, the failure that
 * ends the writer, and the watch over its topics. Thread-safe.
 */
final class WriterState {

  private static final Logger LOG = LoggerFactory.getLogger(WriterState.class);

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(10);

  /** How long a call may hold the lock before a writer whose topic is gone is failed regardless. */
  private static final Duration HEARS_WITHIN = Duration.ofSeconds(2);

  private final TableInfo table;
  private final ClientContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private Consumer<WriteFailedException> onFailure = why -> {};
  @Nullable private ScheduledFuture<?> watch;
  @Nullable private volatile WriteFailedException failure;

  /** Whether somebody was told of the failure; under the lock. */
  private boolean told;

  /** Once a close has begun: nobody writes any more. */
  private volatile boolean closing;

  /** Once what was gathered is sent or given up. */
  private volatile boolean closed;

  @Nullable private volatile Thread closer;
  private final CountDownLatch whenClosed = new CountDownLatch(1);

  WriterState(TableInfo table, ClientContext context) {
    this.table = table;
    this.context = context;
  }

  /**
   * @param action what to do where the writer fails, once, under the lock
   * @param abort fails a sender from outside, whose writer is held up
   */
  void start(
      WriterTopics topics,
      Consumer<WriteFailedException> action,
      Consumer<WriteFailedException> abort) {
    onFailure = action;
    watch = context.threads().runEvery(WATCH_INTERVAL.toMillis(), () -> checkTopics(topics, abort));
  }

  /** A write: fails its future, and the writer where it is not for the row alone. */
  <R> CompletableFuture<R> write(Callable<CompletableFuture<R>> action) {
    lock.lock();
    try {
      requireOpen();
      return writeOpen(action);
    } finally {
      lock.unlock();
    }
  }

  private <R> CompletableFuture<R> writeOpen(Callable<CompletableFuture<R>> action) {
    try {
      throwIfFailed();
      return action.call();
    } catch (RowRefusedException e) {
      return CompletableFuture.failedFuture(e.reason());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(fail(e));
    }
  }

  /** Something that is done under the lock by a thread of the client, unless it is too late. */
  void run(Action action) {
    lock.lock();
    try {
      if (!closed && failure == null) {
        action.run();
      }
    } catch (Exception e) {
      fail(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Something that is done under the lock for a caller.
   *
   * @throws FlussException where that fails, or the writer has failed
   */
  void require(Action action) {
    lock.lock();
    try {
      requireOpen();
      requireDone(action);
    } finally {
      lock.unlock();
    }
  }

  private void requireDone(Action action) {
    try {
      throwIfFailed();
      action.run();
    } catch (Exception e) {
      throw fail(e);
    }
  }

  /** Something that blocks for a caller and needs no lock. */
  void await(Action action) {
    try {
      action.run();
      throwIfFailed();
    } catch (Exception e) {
      lock.lock();
      try {
        throw fail(e);
      } finally {
        lock.unlock();
      }
    }
  }

  /** What can throw what blocked writers throw. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  /**
   * Ends the writer.
   *
   * @return what to tell whoever is there
   */
  private FlussException fail(Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new FlussException(
          "Interrupted while writing to table '"
              + table.path()
              + "'. Whether the row is written is not known; the writer goes on.",
          cause);
    }
    WriteFailedException why =
        cause instanceof WriteFailedException known
            ? known
            : new WriteFailedException(
                cause instanceof FlussException
                    ? String.valueOf(cause.getMessage())
                    : "Cannot write to table '" + table.path() + "': " + cause,
                cause);
    WriteFailedException first = failure == null ? why : failure;
    failure = first;
    if (!told) {
      told = true;
      onFailure.accept(first);
    }
    return cause instanceof FlussException known ? known : why;
  }

  void throwIfFailed() {
    WriteFailedException known = failure;
    if (known != null) {
      throw again(known);
    }
  }

  private static WriteFailedException again(WriteFailedException known) {
    return new WriteFailedException(
        known.getMessage() + " The writer has failed: close it and create another one.", known);
  }

  boolean hasFailed() {
    return failure != null;
  }

  /**
   * @throws IllegalStateException where the caller is on a thread of a producer; the writer goes on
   */
  void requireMayWait(String call) {
    ProducerThread.refuse(call + " of a writer of table '" + table.path() + "'");
  }

  private void requireOpen() {
    if (closing) {
      throw new IllegalStateException("The writer of table '" + table.path() + "' is closed.");
    }
  }

  private void checkTopics(WriterTopics topics, Consumer<WriteFailedException> abort) {
    if (closed || failure != null) {
      return;
    }
    try {
      Optional<TopicChange> change = topics.check();
      if (change.isPresent()) {
        tell(change.get(), abort);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn("Could not check the topics of table '{}'; trying again.", table.path(), e);
      }
    }
  }

  private void tell(TopicChange change, Consumer<WriteFailedException> abort)
      throws InterruptedException {
    if (lock.tryLock(HEARS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        run(change::apply);
      } finally {
        lock.unlock();
      }
    } else {
      change
          .failure()
          .ifPresent(
              why -> {
                failure = why;
                abort.accept(why);
              });
    }
  }

  /**
   * Begins to close: from now on nobody else writes or flushes, so that what is gathered can be
   * sent to the last row. Where another thread closes, waits for it.
   *
   * @return whether the caller is to close the writer, and to call {@link #endClose}
   */
  boolean beginClose() {
    requireMayWait("close()");
    lock.lock();
    try {
      if (!closing) {
        closing = true;
        closer = Thread.currentThread();
        return true;
      }
    } finally {
      lock.unlock();
    }
    awaitOtherCloser();
    return false;
  }

  /** Not where that would wait for this call: of what runs once a row is written, or fails. */
  private void awaitOtherCloser() {
    if (closer == Thread.currentThread() || lock.isHeldByCurrentThread()) {
      return;
    }
    try {
      whenClosed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A last action under the lock, of the thread that closes. What fails is told to the writer's
   * futures.
   */
  void settle(Action action) {
    lock.lock();
    try {
      requireDone(action);
    } catch (FlussException e) {
      LOG.debug("The writer of table '{}' is closed with rows missing.", table.path(), e);
    } finally {
      lock.unlock();
    }
  }

  /** The same without the lock, for what blocks; nothing where the writer has failed. */
  void settleUnlocked(Action action) {
    if (hasFailed()) {
      return;
    }
    try {
      await(action);
    } catch (FlussException e) {
      LOG.debug("The writer of table '{}' is closed with rows missing.", table.path(), e);
    }
  }

  /**
   * Nothing is done any more.
   *
   * @param giveUp what to do, under the lock, with rows that could not be sent
   */
  void endClose(Consumer<WriteFailedException> giveUp) {
    lock.lock();
    try {
      closed = true;
      if (watch != null) {
        watch.cancel(false);
      }
      giveUp.accept(
          new WriteFailedException(
              "The writer of table '"
                  + table.path()
                  + "' was closed before the row was sent, since closing it failed or was"
                  + " interrupted."));
    } finally {
      lock.unlock();
    }
  }

  /** Everything is freed. */
  void freed() {
    whenClosed.countDown();
  }

  /** One row cannot be written; all others can. */
  static final class RowRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FlussException reason;

    RowRefusedException(FlussException reason) {
      super(reason);
      this.reason = reason;
    }

    FlussException reason() {
      return reason;
    }
  }
}
