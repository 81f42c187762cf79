package io.fluss.acl;

import java.util.Optional;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Which grants are meant; null is any. A resource means grants on itself, not those on what it is
 * in or on what is in it.
 */
@PublicEvolving
public record GrantFilter(
    @Nullable AclResource resource,
    @Nullable Permission permission,
    @Nullable Principal principal,
    @Nullable Operation operation,
    @Nullable String host) {

  /** All grants. */
  public static final GrantFilter ANY = new GrantFilter(null, null, null, null, null);

  public GrantFilter {
    if (host != null && !host.equals(Grant.ANY_HOST)) {
      host = HostAddress.canonical(host);
    }
  }

  /** Just this one. */
  public static GrantFilter of(Grant grant) {
    return new GrantFilter(
        grant.resource(), grant.permission(), grant.principal(), grant.operation(), grant.host());
  }

  /**
   * Reads one part; empty, for any, where the text is {@code ANY} or null.
   *
   * @throws io.fluss.FlussException where the text cannot be read
   */
  public static <T> Optional<T> part(@Nullable String text, Function<String, T> parse) {
    return Optional.ofNullable(text).filter(t -> !isAny(t)).map(parse);
  }

  static boolean isAny(String text) {
    return text.strip().equalsIgnoreCase("ANY");
  }

  /** The same, of grants on whatever. */
  public GrantFilter onAnything() {
    return new GrantFilter(null, permission, principal, operation, host);
  }

  /** Whether this grant is meant. */
  public boolean matches(Grant grant) {
    return (resource == null || resource.equals(grant.resource()))
        && (permission == null || permission == grant.permission())
        && (principal == null || principal.equals(grant.principal()))
        && (operation == null || operation == grant.operation())
        && (host == null || host.equals(grant.host()));
  }
}
