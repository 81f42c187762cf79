package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Committer;
import org.junit.jupiter.api.Test;

class LoudCommitterTest {

  @Test
  void aRefusedTransactionFailsTheJob() throws Exception {
    // Given
    Request request = new Request();

    // When
    new LoudCommitter<>(
            "shop.orders", new RefusingCommitter(), tx -> false, UnaryOperator.identity())
        .commit(List.of(request));

    // Then
    assertThat(request.signals).containsExactly("unknown");
    assertThat(request.cause)
        .isInstanceOf(LostTransactionException.class)
        .hasMessageContaining("Rows of table 'shop.orders' are lost")
        .hasMessageContaining("tx-1")
        .hasMessageContaining("fenced")
        .hasMessageContaining("properties.transaction.timeout.ms");
  }

  @Test
  void aTransactionThatWasCommittedBeforeIsFine() throws Exception {
    // Given
    Request request = new Request();

    // When
    new LoudCommitter<>(
            "shop.orders", new RefusingCommitter(), "tx-1"::equals, UnaryOperator.identity())
        .commit(List.of(request));

    // Then
    assertThat(request.signals).containsExactly("already");
  }

  @Test
  void whatACommitFailedByIsExplained() throws Exception {
    // Given
    Request request = new Request();
    Committer<String> unable =
        new RefusingCommitter() {
          @Override
          public void commit(Collection<CommitRequest<String>> requests) {
            requests.forEach(
                r -> r.signalFailedWithUnknownReason(new IllegalStateException("no login")));
          }
        };

    // When
    new LoudCommitter<>(
            "shop.orders", unable, tx -> false, e -> new IllegalStateException("why", e))
        .commit(List.of(request));

    // Then
    assertThat(request.signals).containsExactly("unknown");
    assertThat(request.cause).hasMessage("why").hasRootCauseMessage("no login");
  }

  /** Refuses every commit the way Flink's Kafka sink does after a timeout. */
  private static class RefusingCommitter implements Committer<String> {

    @Override
    public void commit(Collection<CommitRequest<String>> requests) {
      requests.forEach(r -> r.signalFailedWithKnownReason(new IllegalStateException("fenced")));
    }

    @Override
    public void close() {}
  }

  private static final class Request implements Committer.CommitRequest<String> {

    private final List<String> signals = new ArrayList<>();
    private Throwable cause;

    @Override
    public String getCommittable() {
      return "tx-1";
    }

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable known) {
      signals.add("known");
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable unknown) {
      signals.add("unknown");
      cause = unknown;
    }

    @Override
    public void retryLater() {
      signals.add("retry");
    }

    @Override
    public void updateAndRetryLater(String committable) {
      signals.add("update");
    }

    @Override
    public void signalAlreadyCommitted() {
      signals.add("already");
    }
  }
}
