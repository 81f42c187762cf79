package io.fluss.procedures;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.Operation;
import io.fluss.acl.Permission;
import io.fluss.acl.Principal;
import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;

/**
 * Drops what {@link AddAclProcedure} has added:
 *
 * <pre>CALL sys.drop_acl(resource => 'cluster.mydb', permission => 'ANY',
 *     principal => 'User:Tim', operation => 'ANY', host => 'ANY')</pre>
 */
public final class DropAclProcedure implements CatalogProcedure {

  @Override
  public String name() {
    return "drop_acl";
  }

  @Override
  public String usage() {
    return "CALL sys.drop_acl(resource => 'cluster.mydb.orders', permission => 'ALLOW', principal =>"
        + " 'User:Tim', operation => 'READ' [, host => '*'])";
  }

  @Override
  public String description() {
    return "Drops the grants that match, each argument of which may be 'ANY', and shows them. A"
        + " resource means grants on itself, not those on what is in it. What other grants need,"
        + " and Kafka ACLs that no grant needs, stay.";
  }

  @Override
  public Procedure of(ProcedureTarget catalog) {
    return new Call(catalog, new Arguments(this));
  }

  /** What Flink calls. */
  public static final class Call implements Procedure {

    private final ProcedureTarget catalog;
    private final Arguments arguments;

    Call(ProcedureTarget catalog, Arguments arguments) {
      this.catalog = catalog;
      this.arguments = arguments;
    }

    /** The dropped grants. */
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
              GrantFilter.part(arguments.required("resource", resource), AclResource::parse)
                  .orElse(null),
              GrantFilter.part(arguments.required("permission", permission), Permission::parse)
                  .orElse(null),
              GrantFilter.part(arguments.required("principal", principal), Principal::parse)
                  .orElse(null),
              GrantFilter.part(arguments.required("operation", operation), Operation::parse)
                  .orElse(null),
              GrantFilter.part(host == null ? Grant.ANY_HOST : host, String::strip).orElse(null));
      List<Grant> dropped = catalog.admin().get().acls().drop(filter);
      return dropped.isEmpty()
          ? new String[] {"Nothing was dropped: no grant matches. CALL sys.list_acl() shows them."}
          : dropped.stream().map(Grant::toString).toArray(String[]::new);
    }
  }
}
