package io.fluss.procedures;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Permission;
import io.fluss.acl.Principal;
import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import javax.annotation.Nullable;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;

/**
 * Gives somebody a right, or takes it from him:
 *
 * <pre>CALL sys.add_acl(resource => 'cluster.mydb', permission => 'ALLOW',
 *     principal => 'User:Tim', operation => 'READ', host => '*')</pre>
 */
public final class AddAclProcedure implements CatalogProcedure {

  @Override
  public String name() {
    return "add_acl";
  }

  @Override
  public String usage() {
    return "CALL sys.add_acl(resource => 'cluster.mydb.orders', permission => 'ALLOW', principal =>"
        + " 'User:Tim', operation => 'READ' [, host => '*'])";
  }

  @Override
  public String description() {
    return "Gives somebody a right on the cluster, a database or a table and all that is in it"
        + " (permission ALLOW), or takes it from him, whatever else he was given (DENY). Operations"
        + " are ALL, READ, WRITE, CREATE, DROP, ALTER and DESCRIBE; each allows DESCRIBE too."
        + " Principal 'User:*' is everybody. Host is an IP address, or '*' for all.";
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

    /** Says {@code success}. */
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
      Grant grant =
          new Grant(
              AclResource.parse(arguments.required("resource", resource)),
              Permission.parse(arguments.required("permission", permission)),
              Principal.parse(arguments.required("principal", principal)),
              Operation.parse(arguments.required("operation", operation)),
              host == null ? Grant.ANY_HOST : host.strip());
      catalog.admin().get().acls().add(grant);
      return new String[] {"success"};
    }
  }
}
