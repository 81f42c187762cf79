package io.fluss.acl.kafka;

import io.fluss.FlussException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Permission;
import io.fluss.acl.Principal;
import java.util.Optional;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The ACL by which a grant is recognised: on a transactional id that nobody has, {@code
 * __fluss.grant.<operation>.<resource>}. Principal, host and permission are its own. It allows and
 * denies nothing.
 *
 * <p>Grants share ACLs, and ACLs of others may be the same as some of a grant's. With a marker, the
 * grants are known exactly, and no second place has to agree with Kafka's ACLs.
 */
final class GrantMarker {

  private static final String PREFIX = "__fluss.grant.";

  private GrantMarker() {}

  static AclBinding of(Grant grant) {
    return new AclBinding(
        new ResourcePattern(
            ResourceType.TRANSACTIONAL_ID,
            PREFIX + grant.operation() + "." + grant.resource(),
            PatternType.LITERAL),
        GrantBindings.entry(grant, AclOperation.DESCRIBE));
  }

  /** The grant that this marks; empty where it is no marker, or one of a later release. */
  static Optional<Grant> read(AclBinding binding) {
    ResourcePattern pattern = binding.pattern();
    if (pattern.resourceType() != ResourceType.TRANSACTIONAL_ID
        || pattern.patternType() != PatternType.LITERAL
        || !pattern.name().startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = pattern.name().substring(PREFIX.length()).split("\\.", 2);
    try {
      AccessControlEntry entry = binding.entry();
      Grant grant =
          new Grant(
              AclResource.parse(parts[parts.length - 1]),
              entry.permissionType() == AclPermissionType.ALLOW
                  ? Permission.ALLOW
                  : Permission.DENY,
              Principal.parse(entry.principal()),
              Operation.parse(parts[0]),
              entry.host());
      return Optional.of(grant).filter(g -> of(g).equals(binding));
    } catch (FlussException e) {
      return Optional.empty();
    }
  }
}
