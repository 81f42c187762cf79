package io.fluss.acl.kafka;

import io.fluss.acl.Grant;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A grant as it was found.
 *
 * @param missing ACLs that it needs and Kafka does not have: adding it was interrupted, or somebody
 *     took them away; adding the grant again brings them back
 * @param isVoid whether no table has the topic that it is kept under, and none of that name is
 *     still to come: its table was dropped, or another took the name by RENAME. It has no effect
 */
public record ListedGrant(Grant grant, Set<AclBinding> missing, boolean isVoid) {

  public ListedGrant {
    missing = Set.copyOf(missing);
  }
}
