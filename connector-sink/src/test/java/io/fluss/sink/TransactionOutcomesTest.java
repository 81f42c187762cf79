package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionOutcomesTest {

  /** Epochs are those seen with brokers of either transaction version. */
  @ParameterizedTest
  @CsvSource({
    "COMPLETE_COMMIT, 16, true", // transaction.version 1
    "COMPLETE_COMMIT, 17, true", // transaction.version 2 raises it with the commit
    "PREPARE_COMMIT, 16, true",
    "EMPTY, 17, true", // committed by a client that then initialised the next epoch
    "EMPTY, 18, false", // aborted by timeout, then initialised
    "COMPLETE_ABORT, 17, false",
    "PREPARE_ABORT, 16, false",
    "PREPARE_EPOCH_FENCE, 17, false",
    "ONGOING, 17, false"
  })
  void theLastStateOfAnIdTellsHowItsTransactionEnded(
      TransactionState state, int epochNow, boolean committed) {
    assertThat(TransactionOutcomes.tellsCommit(state, epochNow, 16)).isEqualTo(committed);
  }
}
