package io.fluss.acl.kafka;

import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Permission;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The Kafka ACLs that a grant consists of. A pure function, which {@code docs/security} shows as a
 * table; what is not said there is not granted.
 *
 * <p>Kafka lets who may READ, WRITE, DELETE or ALTER a topic DESCRIBE it, and who may ALTER_CONFIGS
 * DESCRIBE_CONFIGS. Who may WRITE to any topic may write idempotently.
 *
 * <p>Definitions are changed in transactions, and their ids are what Kafka refuses to somebody with
 * WRITE on the cluster, who may write every topic.
 */
final class GrantBindings {

  private final Grant grant;
  private final ResourcePatterns of;
  private final Set<AclBinding> bindings = new LinkedHashSet<>();

  private GrantBindings(Grant grant) {
    this.grant = grant;
    this.of = ResourcePatterns.of(grant.resource());
  }

  /** All that the grant needs, with its {@linkplain GrantMarker marker}. */
  static Set<AclBinding> of(Grant grant) {
    GrantBindings all = new GrantBindings(grant);
    all.bindings.add(GrantMarker.of(grant));
    if (grant.permission() == Permission.ALLOW) {
      all.allow();
    } else {
      all.deny();
    }
    return all.bindings;
  }

  private void allow() {
    switch (grant.operation()) {
      case DESCRIBE -> {
        add(of.topics(), DESCRIBE, DESCRIBE_CONFIGS);
        add(of.metadata(), READ);
        if (isCluster()) {
          add(cluster(), DESCRIBE);
        }
      }
      case READ -> {
        add(of.topics(), READ, DESCRIBE_CONFIGS);
        add(of.groups(), READ);
        add(of.metadata(), READ);
      }
      case WRITE -> {
        add(of.topics(), WRITE, DESCRIBE_CONFIGS);
        add(of.partitions(), CREATE);
        add(of.transactions(), WRITE);
        add(of.metadata(), READ);
      }
      case CREATE -> {
        add(of.topics(), CREATE, DESCRIBE, DESCRIBE_CONFIGS);
        allowChanges();
        if (!isTable()) {
          add(of.metadata(), CREATE, DESCRIBE_CONFIGS);
        }
      }
      case DROP -> {
        add(of.topics(), DELETE, DESCRIBE_CONFIGS);
        allowChanges();
        if (!isTable()) {
          add(of.metadata(), DELETE);
        }
      }
      case ALTER -> {
        add(of.topics(), ALTER, ALTER_CONFIGS);
        allowChanges();
        if (!isTable()) {
          add(of.metadata(), ALTER_CONFIGS);
        }
      }
      case ALL -> {
        add(of.topics(), ALL);
        add(of.groups(), ALL);
        add(of.transactions(), ALL);
        if (isTable()) {
          allowChanges();
        } else {
          add(of.metadata(), ALL);
          add(of.changes(), ALL);
        }
        if (isCluster()) {
          add(cluster(), ALTER, DESCRIBE);
        }
      }
    }
  }

  /** Kafka knows no rights to single records: this is for all definitions of the database. */
  private void allowChanges() {
    add(of.metadata(), READ, WRITE);
    add(of.changes(), WRITE);
  }

  /**
   * Takes one right and no other that a client could do without. On the cluster also the right to
   * manage rights: that is ALL, which nobody has who is denied one of it, and with it he could take
   * the denial away.
   */
  private void deny() {
    if (isCluster()) {
      add(cluster(), ALTER);
    }
    switch (grant.operation()) {
      case DESCRIBE -> {
        add(of.topics(), DESCRIBE);
        denyOnMetadata(DESCRIBE, READ);
        denyOnCluster(DESCRIBE);
      }
      case READ -> add(of.topics(), READ);
      case WRITE -> add(of.topics(), WRITE);
      case CREATE -> {
        add(of.topics(), CREATE);
        denyOnMetadata(CREATE);
        denyOnCluster(CREATE);
      }
      case DROP -> {
        add(of.topics(), DELETE);
        denyOnMetadata(DELETE);
      }
      case ALTER -> {
        add(of.topics(), ALTER, ALTER_CONFIGS);
        denyOnMetadata(ALTER_CONFIGS);
      }
      case ALL -> {
        add(of.topics(), ALL);
        add(of.groups(), ALL);
        add(of.transactions(), ALL);
        denyOnMetadata(ALL);
        if (!isTable()) {
          add(of.changes(), ALL);
        }
        denyOnCluster(DESCRIBE, CREATE);
      }
    }
  }

  /** Not all that there is on Kafka's cluster: brokers need some of it, and may be everybody. */
  private void denyOnCluster(AclOperation... operations) {
    if (isCluster()) {
      add(cluster(), operations);
    }
  }

  /** The metadata of a table is that of its database, which the others need. */
  private void denyOnMetadata(AclOperation... operations) {
    if (!isTable()) {
      add(of.metadata(), operations);
    }
  }

  private boolean isCluster() {
    return grant.resource() instanceof AclResource.Cluster;
  }

  private boolean isTable() {
    return grant.resource() instanceof AclResource.Table;
  }

  private static ResourcePattern cluster() {
    return new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL);
  }

  private void add(Collection<ResourcePattern> patterns, AclOperation... operations) {
    patterns.forEach(pattern -> add(pattern, operations));
  }

  private void add(ResourcePattern pattern, AclOperation... operations) {
    List.of(operations).forEach(o -> bindings.add(new AclBinding(pattern, entry(grant, o))));
  }

  /** Who, from where, and whether allowed or denied. */
  static AccessControlEntry entry(Grant grant, AclOperation operation) {
    AclPermissionType permission =
        switch (grant.permission()) {
          case ALLOW -> AclPermissionType.ALLOW;
          case DENY -> AclPermissionType.DENY;
        };
    return new AccessControlEntry(
        grant.principal().toString(), grant.host(), operation, permission);
  }
}
