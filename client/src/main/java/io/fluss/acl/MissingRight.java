package io.fluss.acl;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.TablePath;
import javax.annotation.Nullable;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * A right that a client would have needed.
 *
 * @param principal who lacks it; null where this client cannot know whom the brokers take it for
 */
public record MissingRight(@Nullable String principal, Operation operation, AclResource resource) {

  private static final int LONGEST_CHAIN = 32;

  /** The right that this client would have needed. */
  public static MissingRight of(ClientConfig client, Operation operation, AclResource resource) {
    return new MissingRight(client.principal().orElse(null), operation, resource);
  }

  /** Whether Kafka refused something for lack of a right; it says so in several ways. */
  public static boolean isCauseOf(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof AuthorizationException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * What a failure comes from, for a message: where Kafka refused for lack of a right, who lacks
   * which; else what {@link ClientConfig#explain} says.
   *
   * @param operation that was tried with the table
   */
  public static String explain(
      ClientConfig client, Operation operation, TablePath table, Throwable failure) {
    return isCauseOf(failure)
        ? of(client, operation, AclResource.table(table)).text()
        : client.explain(failure);
  }

  /** Who may not do what, and the statement that grants it. */
  public String text() {
    return (principal == null ? "the user of this client" : principal)
        + " has no right to "
        + operation
        + " on '"
        + resource
        + "'. Who manages rights can grant it: CALL sys.add_acl(resource => '"
        + resource
        + "', permission => 'ALLOW', principal => '"
        + (principal == null ? "User:<name>" : principal)
        + "', operation => '"
        + operation
        + "')";
  }
}
