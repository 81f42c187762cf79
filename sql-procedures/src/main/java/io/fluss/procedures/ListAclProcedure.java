package io.fluss.procedures;

import io.fluss.acl.AclResource;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.Operation;
import io.fluss.acl.Permission;
import io.fluss.acl.Principal;
import io.fluss.acl.kafka.ForeignAcl;
import io.fluss.acl.kafka.GrantList;
import io.fluss.acl.kafka.ListedGrant;
import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import java.util.Locale;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * Shows who may do what:
 *
 * <pre>CALL sys.list_acl(resource => 'cluster.mydb')</pre>
 */
public final class ListAclProcedure implements CatalogProcedure {

  @Override
  public String name() {
    return "list_acl";
  }

  @Override
  public String usage() {
    return "CALL sys.list_acl([resource => 'cluster.mydb.orders'] [, permission => 'ALLOW'] [,"
        + " principal => 'User:Tim'] [, operation => 'READ'] [, host => '*'])";
  }

  @Override
  public String description() {
    return "Shows the grants that match; what is left out or 'ANY' matches all. A resource means"
        + " grants on itself. Kafka ACLs on topics of tables that no grant needs are shown as"
        + " foreign, grants that lack some of their Kafka ACLs as incomplete: add those again. What is void has"
        + " no effect: its table was renamed and dropped, or another took its name by RENAME.";
  }

  @Override
  public Procedure of(ProcedureTarget catalog) {
    return new Call(catalog);
  }

  /** What Flink calls. */
  public static final class Call implements Procedure {

    private final ProcedureTarget catalog;

    Call(ProcedureTarget catalog) {
      this.catalog = catalog;
    }

    /** The grants, then what is foreign. */
    @ProcedureHint(
        argument = {
          @ArgumentHint(name = "resource", type = @DataTypeHint("STRING"), isOptional = true),
          @ArgumentHint(name = "permission", type = @DataTypeHint("STRING"), isOptional = true),
          @ArgumentHint(name = "principal", type = @DataTypeHint("STRING"), isOptional = true),
          @ArgumentHint(name = "operation", type = @DataTypeHint("STRING"), isOptional = true),
          @ArgumentHint(name = "host", type = @DataTypeHint("STRING"), isOptional = true)
        })
    public String[] call(
        ProcedureContext context,
        @Nullable String resource,
        @Nullable String permission,
        @Nullable String principal,
        @Nullable String operation,
        @Nullable String host) {
      GrantFilter filter =
          new GrantFilter(
              GrantFilter.part(resource, AclResource::parse).orElse(null),
              GrantFilter.part(permission, Permission::parse).orElse(null),
              GrantFilter.part(principal, Principal::parse).orElse(null),
              GrantFilter.part(operation, Operation::parse).orElse(null),
              GrantFilter.part(host, String::strip).orElse(null));
      GrantList found = catalog.admin().get().acls().list(filter);
      return Stream.concat(
              found.grants().stream().map(Call::shown), found.foreign().stream().map(Call::shown))
          .toArray(String[]::new);
    }

    private static String shown(ListedGrant listed) {
      return listed.grant()
          + (listed.missing().isEmpty()
              ? ""
              : ";incomplete=\"Kafka ACLs are missing: " + listed.missing().size() + "\"")
          + (listed.isVoid() ? ";void=\"no table has its topic\"" : "");
    }

    private static String shown(ForeignAcl acl) {
      AccessControlEntry entry = acl.binding().entry();
      ResourcePattern pattern = acl.binding().pattern();
      return "resource=\"%s\";permission=\"%s\";principal=\"%s\";operation=\"%s\";host=\"%s\";foreign=\"Kafka ACL on %s %s '%s'\""
          .formatted(
              acl.resource(),
              entry.permissionType(),
              entry.principal(),
              entry.operation(),
              entry.host(),
              pattern.patternType().name().toLowerCase(Locale.ROOT),
              pattern.resourceType().name().toLowerCase(Locale.ROOT),
              pattern.name());
    }
  }
}
