package io.fluss.acl.kafka;

import io.fluss.acl.Grant;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A grant as it was found.
 *
 * @param missing ACLs that it needs and Kafka does not have: adding it was interrupted, or somebody
 *     took them away; adding the grant again brings them back
 */
public record ListedGrant(Grant grant, Set<AclBinding> missing) {

  public ListedGrant {
    missing = Set.copyOf(missing);
  }
}
