package io.fluss.sink;

import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.write.WriteFailedException;
import java.io.IOException;
import java.io.Serializable;

/**
 * Says in words of ours why the transactions of Flink's Kafka sink fail, where the brokers refused
 * a login or a right. Each transaction has a producer that logs in anew, so a password that is
 * changed while the job runs comes to light here.
 */
final class TransactionFailures implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TableSinkConfig config;

  TransactionFailures(TableSinkConfig config) {
    this.config = config;
  }

  /** Something that is asked of the Kafka sink. */
  interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Does it.
   *
   * @throws WriteFailedException where brokers refused a login or a right; all else as it is
   */
  <T> T explained(Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (IOException | RuntimeException e) {
      if (explained(e) instanceof WriteFailedException refused) {
        throw refused;
      }
      throw e;
    }
  }

  /** The failure in words of ours where brokers refused a login or a right, else as it is. */
  Throwable explained(Throwable failure) {
    if (failure instanceof WriteFailedException
        || !MissingRight.isCauseOf(failure) && !config.client().isLoginRefused(failure)) {
      return failure;
    }
    return new WriteFailedException(
        "Cannot write to table '"
            + config.table().path()
            + "' in transactions: "
            + MissingRight.explain(
                config.client(), Operation.WRITE, config.table().path(), failure),
        failure);
  }
}
