package io.fluss.client.scan;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.annotation.Nullable;

/** Notices where two threads use a scanner at the same time, and where it is closed. */
final class OwningThread {

  private static final long CLOSE_PAUSE_NANOS = 1_000_000;

  private final String what;
  private final String advice;
  private final AtomicReference<Thread> user = new AtomicReference<>();
  private int depth;
  private boolean closed;

  /**
   * @param what is used, as a sentence begins
   * @param advice how the sentence ends for a thread that is not to use it now
   */
  OwningThread(String what, String advice) {
    this.what = what;
    this.advice = advice;
  }

  /**
   * Uses it.
   *
   * @throws ConcurrentModificationException where another thread does
   * @throws IllegalStateException where it is closed
   */
  void use(Runnable action) {
    if (!begin()) {
      throw new ConcurrentModificationException(
          what
              + " is for one thread at a time. Thread '"
              + Thread.currentThread().getName()
              + "' uses it while thread '"
              + name(user.get())
              + "' does; "
              + advice
              + ".");
    }
    try {
      if (closed) {
        throw new IllegalStateException(what + " is closed.");
      }
      action.run();
    } finally {
      end();
    }
  }

  private static String name(@Nullable Thread thread) {
    return thread == null ? "another" : thread.getName();
  }

  /**
   * Closes it, once; a use by another thread is asked to end, and waited for.
   *
   * @param askToEnd called again and again; any thread
   */
  void close(Runnable askToEnd, Runnable action) {
    while (!begin()) {
      askToEnd.run();
      LockSupport.parkNanos(CLOSE_PAUSE_NANOS);
    }
    try {
      if (!closed) {
        closed = true;
        action.run();
      }
    } finally {
      end();
    }
  }

  private boolean begin() {
    Thread current = Thread.currentThread();
    if (user.get() != current && !user.compareAndSet(null, current)) {
      return false;
    }
    depth++;
    return true;
  }

  private void end() {
    depth--;
    if (depth == 0) {
      user.set(null);
    }
  }
}
