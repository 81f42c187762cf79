package io.fluss.acl;

import java.util.Comparator;
import org.apache.flink.annotation.PublicEvolving;

/**
 * One right that somebody was given, or that was taken from him.
 *
 * @param host address that the right is bound to, as Kafka writes it (what is given in another form
 *     is brought into that), or {@value #ANY_HOST}
 */
@PublicEvolving
public record Grant(
    AclResource resource,
    Permission permission,
    Principal principal,
    Operation operation,
    String host) {

  /** From wherever. */
  public static final String ANY_HOST = "*";

  /** By resource, then by the rest. */
  public static final Comparator<Grant> ORDER =
      Comparator.<Grant, String>comparing(g -> g.resource().toString())
          .thenComparing(g -> g.principal().toString())
          .thenComparing(Grant::permission)
          .thenComparing(Grant::operation)
          .thenComparing(Grant::host);

  public Grant {
    host = host.equals(ANY_HOST) ? ANY_HOST : HostAddress.canonical(host);
  }

  /** A right from wherever. */
  public static Grant allow(AclResource resource, Principal principal, Operation operation) {
    return new Grant(resource, Permission.ALLOW, principal, operation, ANY_HOST);
  }

  /** The same on another resource. */
  public Grant on(AclResource other) {
    return new Grant(other, permission, principal, operation, host);
  }

  /** As Fluss shows it. */
  @Override
  public String toString() {
    return "resource=\"%s\";permission=\"%s\";principal=\"%s\";operation=\"%s\";host=\"%s\""
        .formatted(resource, permission, principal, operation, host);
  }
}
