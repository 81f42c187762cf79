package io.fluss.acl;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.kafka.common.KafkaException;

/** Says of what one client tries which right it needs. Thread-safe. */
public final class Rights {

  private final ClientConfig client;

  public Rights(ClientConfig client) {
    this.client = client;
  }

  /**
   * Does something that needs a right.
   *
   * @param failed what is said to have failed, without full stop
   * @throws AccessRefusedException where Kafka refuses it for lack of rights, in place of what the
   *     action throws
   */
  public <T> T needed(
      Operation operation, AclResource resource, String failed, Supplier<T> action) {
    try {
      return action.get();
    } catch (FlussException | KafkaException e) {
      throw isExplained(e, operation) || !MissingRight.isCauseOf(e)
          ? e
          : refusal(operation, resource, failed, e);
    }
  }

  /** As {@link #needed(Operation, AclResource, String, Supplier)}, without an answer. */
  public void needed(Operation operation, AclResource resource, String failed, Runnable action) {
    needed(
        operation,
        resource,
        failed,
        () -> {
          action.run();
          return null;
        });
  }

  /** Who may do what was tried may DESCRIBE too, so that is not what he lacks. */
  private static boolean isExplained(RuntimeException e, Operation operation) {
    return e instanceof AccessRefusedException refused
        && refused
            .missing()
            .filter(m -> m.operation() != Operation.DESCRIBE || operation == Operation.DESCRIBE)
            .isPresent();
  }

  /** What is thrown where this client lacks a right. */
  public AccessRefusedException refusal(
      Operation operation, AclResource resource, String failed, @Nullable Throwable cause) {
    return new AccessRefusedException(failed, MissingRight.of(client, operation, resource), cause);
  }
}
