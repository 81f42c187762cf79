package io.fluss.acl;

import io.fluss.FlussException;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One right that somebody was given, or that was taken from him.
 *
 * @param host address that the right is bound to, or {@value #ANY_HOST}
 */
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

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  public Grant {
    if (!host.equals(ANY_HOST) && !ADDRESS.matcher(host).matches()) {
      throw new FlussException(
          "Malformed host '"
              + host
              + "'. Kafka compares addresses, not names: a host is an IP address such as"
              + " '10.0.0.7', or '*'.");
    }
  }

  /** A right from wherever. */
  public static Grant allow(AclResource resource, Principal principal, Operation operation) {
    return new Grant(resource, Permission.ALLOW, principal, operation, ANY_HOST);
  }

  /** As Fluss shows it. */
  @Override
  public String toString() {
    return "resource=\"%s\";permission=\"%s\";principal=\"%s\";operation=\"%s\";host=\"%s\""
        .formatted(resource, permission, principal, operation, host);
  }
}
