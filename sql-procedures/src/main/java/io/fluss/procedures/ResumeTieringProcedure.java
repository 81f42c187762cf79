package io.fluss.procedures;

import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.TieringProblem;
import io.fluss.table.TableInfo;
import java.util.Optional;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;

/**
 * Lets a table be tiered on that stands still for a reason, from what its log has now. Where it was
 * parked, rows that are in neither the lake nor the log are left out, for good; one that only fails
 * waits no longer:
 *
 * <pre>CALL sys.resume_tiering('mydb.orders')</pre>
 */
public final class ResumeTieringProcedure implements CatalogProcedure {

  @Override
  public String name() {
    return "resume_tiering";
  }

  @Override
  public String usage() {
    return "CALL sys.resume_tiering(table_name => 'mydb.orders')";
  }

  @Override
  public String description() {
    return "Lets a table be tiered on that stands still for a reason, from what its log has now; rows"
        + " that are in neither the lake nor the log are left out, for good.";
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

    /** Says what was done. */
    @ProcedureHint(argument = {@ArgumentHint(name = "table_name", type = @DataTypeHint("STRING"))})
    public String[] call(ProcedureContext context, String tableName) {
      TableInfo found = NamedTable.find(catalog, tableName);
      Optional<TieringProblem> before =
          catalog.admin().get().lakeState(found).flatMap(LakeState::problem);
      if (before.isEmpty()) {
        return new String[] {
          "Nothing to do: the tiering of table '" + found.path() + "' does not stand still."
        };
      }
      catalog.admin().get().resumeTiering(found);
      return new String[] {
        "Table '"
            + found.path()
            + "' is tiered on. It stood still because: "
            + before.get().reason()
      };
    }
  }
}
