package io.fluss.sink;

import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/** Runs actions on the task's thread, until it is closed. Any thread may send. */
final class TaskMail implements AutoCloseable {

  private final MailboxExecutor mailbox;
  private volatile boolean closed;

  TaskMail(MailboxExecutor mailbox) {
    this.mailbox = mailbox;
  }

  void send(ThrowingRunnable<Exception> action, String description) {
    if (closed) {
      return;
    }
    try {
      mailbox.execute(() -> runUnlessClosed(action), description);
    } catch (RejectedExecutionException e) {
      // The task has ended; its result no longer depends on this.
      closed = true;
    }
  }

  /** Runs the action now, on the task's thread, unless closed. */
  void runUnlessClosed(ThrowingRunnable<Exception> action) throws Exception {
    if (!closed) {
      action.run();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
