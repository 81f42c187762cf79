package io.fluss.sink;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Asks the brokers how a transaction ended.
 *
 * <p>The answer is unambiguous because each transactional id is used for one transaction only: the
 * last state of the id is the outcome of the transaction.
 */
final class TransactionOutcomes {

  private static final long TIMEOUT_SECONDS = 60;

  private final ClientConfig client;

  TransactionOutcomes(ClientConfig client) {
    this.client = client;
  }

  /**
   * Whether the transaction was committed; not so where it was aborted or is unknown.
   *
   * @throws FlussException where the brokers do not tell
   */
  boolean wasCommitted(KafkaCommittable committable) {
    String id = committable.getTransactionalId();
    Map<String, Object> properties = client.toKafka();
    properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    try (Admin admin = client.open(() -> Admin.create(properties))) {
      TransactionDescription transaction =
          admin
              .describeTransactions(List.of(id))
              .description(id)
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return transaction.producerId() == committable.getProducerId()
          && tellsCommit(transaction.state(), transaction.producerEpoch(), committable.getEpoch());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransactionalIdNotFoundException) {
        return false;
      }
      throw untold(id, e.getCause());
    } catch (TimeoutException e) {
      throw untold(id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw untold(id, e);
    }
  }

  /**
   * What the last state of an id says of its transaction, which had this epoch.
   *
   * <p>{@code EMPTY} means that a producer was initialised since, which raises the epoch by one.
   * The Kafka client does so by itself after the commit of a transaction that it has resumed, where
   * it learns late that the brokers have {@code transaction.version} 2. An abort that was not asked
   * for by the transaction's own producer, by timeout or by another producer, raises the epoch as
   * well; and the sink's own producer aborts nothing that it has handed over. So one step since
   * means a commit, more an abort.
   */
  static boolean tellsCommit(TransactionState state, int epochNow, int epochOfTransaction) {
    return switch (state) {
      case PREPARE_COMMIT, COMPLETE_COMMIT -> true;
      case EMPTY -> epochNow == epochOfTransaction + 1;
      default -> false;
    };
  }

  private FlussException untold(String id, Throwable cause) {
    return new FlussException(
        "Cannot tell whether transaction '" + id + "' was committed: " + client.explain(cause),
        cause);
  }
}
