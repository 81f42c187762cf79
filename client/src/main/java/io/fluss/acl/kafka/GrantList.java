package io.fluss.acl.kafka;

import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.Operation;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What Kafka's ACLs say of our resources.
 *
 * @param grants in their order
 * @param foreign ACLs on our topics that no grant needs
 */
public record GrantList(List<ListedGrant> grants, List<ForeignAcl> foreign) {

  public GrantList {
    grants = List.copyOf(grants);
    foreign = List.copyOf(foreign);
  }

  /** Recognises grants by their markers; what they all do not explain is foreign. */
  static GrantList of(Set<AclBinding> bindings, Set<String> databases) {
    List<ListedGrant> grants =
        bindings.stream()
            .map(GrantMarker::read)
            .flatMap(Optional::stream)
            .sorted(Grant.ORDER)
            .map(grant -> new ListedGrant(grant, minus(GrantBindings.of(grant), bindings), false))
            .toList();
    Set<AclBinding> explained = needs(grants.stream().map(ListedGrant::grant));
    List<ForeignAcl> foreign =
        bindings.stream()
            .filter(b -> !explained.contains(b))
            .map(b -> ForeignAcl.of(b, databases))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(Object::toString))
            .toList();
    return new GrantList(grants, foreign);
  }

  /** Those that are meant, of the foreign ones those whose parts are. */
  GrantList matching(GrantFilter filter) {
    return new GrantList(
        grants.stream().filter(g -> filter.matches(g.grant())).toList(),
        foreign.stream().filter(f -> matches(filter, f)).toList());
  }

  private static boolean matches(GrantFilter filter, ForeignAcl acl) {
    return (filter.resource() == null || filter.resource().equals(acl.resource()))
        && isSame(filter.permission(), acl.binding().entry().permissionType())
        && isSame(filter.principal(), acl.binding().entry().principal())
        && (filter.operation() == null
            || kafkas(filter.operation()).contains(acl.binding().entry().operation()))
        && isSame(filter.host(), acl.binding().entry().host());
  }

  /** What Kafka calls an operation; those that it has more come with any. */
  private static Set<AclOperation> kafkas(Operation operation) {
    return switch (operation) {
      case ALL -> Set.of(AclOperation.ALL);
      case READ -> Set.of(AclOperation.READ);
      case WRITE -> Set.of(AclOperation.WRITE);
      case CREATE -> Set.of(AclOperation.CREATE);
      case DROP -> Set.of(AclOperation.DELETE);
      case ALTER -> Set.of(AclOperation.ALTER, AclOperation.ALTER_CONFIGS);
      case DESCRIBE -> Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
    };
  }

  private static boolean isSame(@Nullable Object wanted, Object found) {
    return wanted == null || wanted.toString().equals(found.toString());
  }

  /** All ACLs that these grants need. */
  static Set<AclBinding> needs(Stream<Grant> grants) {
    Set<AclBinding> all = new HashSet<>();
    grants.forEach(g -> all.addAll(GrantBindings.of(g)));
    return all;
  }

  static Set<AclBinding> minus(Collection<AclBinding> some, Collection<AclBinding> others) {
    Set<AclBinding> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }
}
