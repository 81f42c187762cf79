package io.fluss.write;

import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Keeps the first failure of a writer of one table, with table and bucket. Kafka's I/O thread
 * reports, the writer's thread asks.
 */
public final class FirstFailure {

  private final TableInfo table;
  private final ClientConfig client;
  private final SendListener listener;

  @Nullable private volatile WriteFailedException failure;
  private volatile boolean ignored;

  /**
   * @param client whose failures they are
   * @param listener told when there is a failure
   */
  public FirstFailure(TableInfo table, ClientConfig client, SendListener listener) {
    this.table = table;
    this.client = client;
    this.listener = listener;
  }

  /** Keeps this failure, unless there is one. */
  public void fail(String topic, int bucket, Exception cause) {
    fail(of(topic, bucket, cause));
  }

  /** What it means for the writer that Kafka did not take a record of this bucket. */
  public WriteFailedException of(String topic, int bucket, Exception cause) {
    return new WriteFailedException(
        "Cannot write to table '"
            + table.path()
            + "', bucket "
            + bucket
            + " (topic '"
            + topic
            + "'): "
            + MissingRight.explain(client, Operation.WRITE, table.path(), cause),
        cause);
  }

  /** Keeps this failure, unless there is one. */
  public synchronized void fail(WriteFailedException why) {
    if (failure == null && !ignored) {
      failure = why;
      listener.failed();
    }
  }

  /**
   * Throws the failure, if there is one.
   *
   * @throws WriteFailedException with the stack of this call, the cause as reported
   */
  public void throwIfFailed() {
    WriteFailedException first = failure;
    if (first != null) {
      throw first.getCause() == null
          ? new WriteFailedException(String.valueOf(first.getMessage()))
          : new WriteFailedException(String.valueOf(first.getMessage()), first.getCause());
    }
  }

  /** For writers that close: what fails now was given up. */
  public void ignoreFromNowOn() {
    ignored = true;
  }

  /** What a writer throws in place of Kafka's exception. */
  public static InterruptedException interrupted(InterruptException e) {
    // Kafka sets the flag again when it throws; the exception we throw stands for it.
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }
}
