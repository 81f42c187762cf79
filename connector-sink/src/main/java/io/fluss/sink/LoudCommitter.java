package io.fluss.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Fails the job where a commit is refused for good and the rows are missing.
 *
 * <p>Brokers refuse a commit for two reasons that look alike. The transaction was committed before,
 * and the job failed before it could note that: nothing is wrong. Or it was aborted meanwhile, most
 * often because it timed out before the job was back: its rows are missing. Flink's Kafka sink
 * reports both as a failure "with known reason", and Flink counts those and goes on. Here the
 * brokers are asked how the transaction ended. In the second case the job fails, and fails again
 * when it is restored from the same checkpoint, until somebody decides.
 *
 * @param <T> type of the committables
 */
@SuppressWarnings("try") // close() throws what the other committer's does
final class LoudCommitter<T> implements Committer<T> {

  private final String table;
  private final Committer<T> committer;
  private final Predicate<T> wasCommitted;
  private final UnaryOperator<Throwable> explained;

  /**
   * @param wasCommitted whether the transaction of a committable ended with a commit
   * @param explained says more of what a commit failed by, or gives it back
   */
  LoudCommitter(
      String table,
      Committer<T> committer,
      Predicate<T> wasCommitted,
      UnaryOperator<Throwable> explained) {
    this.table = table;
    this.committer = committer;
    this.wasCommitted = wasCommitted;
    this.explained = explained;
  }

  @Override
  public void commit(Collection<CommitRequest<T>> requests)
      throws IOException, InterruptedException {
    List<CommitRequest<T>> loud =
        requests.stream().<CommitRequest<T>>map(LoudRequest::new).toList();
    committer.commit(loud);
  }

  @Override
  public void close() throws Exception {
    committer.close();
  }

  private final class LoudRequest implements CommitRequest<T> {

    private final CommitRequest<T> request;

    LoudRequest(CommitRequest<T> request) {
      this.request = request;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable cause) {
      if (wasCommitted.test(request.getCommittable())) {
        request.signalAlreadyCommitted();
        return;
      }
      request.signalFailedWithUnknownReason(
          new LostTransactionException(
              "Rows of table '"
                  + table
                  + "' are lost: the brokers refuse to commit the transaction "
                  + request.getCommittable()
                  + " ("
                  + cause.getMessage()
                  + "). It was aborted before the job committed it, most likely because the job was"
                  + " away for longer than 'properties.transaction.timeout.ms'. Restore the job from"
                  + " a savepoint before these rows, or start it without its state and write them"
                  + " again; raise the timeout for longer outages.",
              cause));
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable cause) {
      request.signalFailedWithUnknownReason(explained.apply(cause));
    }

    @Override
    public T getCommittable() {
      return request.getCommittable();
    }

    @Override
    public int getNumberOfRetries() {
      return request.getNumberOfRetries();
    }

    @Override
    public void retryLater() {
      request.retryLater();
    }

    @Override
    public void updateAndRetryLater(T committable) {
      request.updateAndRetryLater(committable);
    }

    @Override
    public void signalAlreadyCommitted() {
      request.signalAlreadyCommitted();
    }
  }
}
