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
    try (Admin admin = Admin.create(properties)) {
      TransactionDescription transaction =
          admin
              .describeTransactions(List.of(id))
              .description(id)
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return transaction.producerId() == committable.getProducerId()
          && (transaction.state() == TransactionState.COMPLETE_COMMIT
              || transaction.state() == TransactionState.PREPARE_COMMIT);
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

  private static FlussException untold(String id, Throwable cause) {
    return new FlussException(
        "Cannot tell whether transaction '" + id + "' was committed: " + cause.getMessage(), cause);
  }
}
