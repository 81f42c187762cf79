package io.fluss.acl;

import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.ClientPrincipal;
import javax.annotation.Nullable;

/**
 * A right that a client would have needed.
 *
 * @param principal who lacks it; null where this client cannot know whom the brokers take it for
 */
public record MissingRight(@Nullable String principal, Operation operation, AclResource resource) {

  /** The right that this client would have needed. */
  public static MissingRight of(ClientConfig client, Operation operation, AclResource resource) {
    return new MissingRight(ClientPrincipal.of(client).orElse(null), operation, resource);
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
