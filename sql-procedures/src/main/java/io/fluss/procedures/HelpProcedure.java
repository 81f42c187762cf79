package io.fluss.procedures;

import io.fluss.FlussException;
import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.Nullable;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;

/**
 * Shows how procedures are called, all or one of them:
 *
 * <pre>CALL sys.help('add_acl')</pre>
 */
public final class HelpProcedure implements CatalogProcedure {

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String usage() {
    return "CALL sys.help([procedure_name => 'add_acl'])";
  }

  @Override
  public String description() {
    return "Shows how procedures are called and what they do: the named one, or all.";
  }

  @Override
  public Procedure of(ProcedureTarget catalog) {
    return new Call(
        ServiceLoader.load(CatalogProcedure.class, catalog.classLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(CatalogProcedure::name))
            .toList());
  }

  /** What Flink calls. */
  public static final class Call implements Procedure {

    private final List<CatalogProcedure> procedures;

    Call(List<CatalogProcedure> procedures) {
      this.procedures = procedures;
    }

    /** A row for each procedure. */
    @ProcedureHint(
        argument =
            @ArgumentHint(
                name = "procedure_name",
                type = @DataTypeHint("STRING"),
                isOptional = true),
        output = @DataTypeHint("ROW<`procedure` STRING, `usage` STRING, `description` STRING>"))
    public Row[] call(ProcedureContext context, @Nullable String procedureName) {
      Row[] rows =
          procedures.stream()
              .filter(p -> procedureName == null || isCalled(p, procedureName))
              .map(p -> Row.of("sys." + p.name(), p.usage(), p.description()))
              .toArray(Row[]::new);
      if (rows.length == 0) {
        throw new FlussException(
            "There is no procedure '"
                + procedureName
                + "'. There are "
                + procedures.stream().map(CatalogProcedure::name).toList()
                + ".");
      }
      return rows;
    }

    private static boolean isCalled(CatalogProcedure procedure, String name) {
      return name.strip().equals(procedure.name())
          || name.strip().equals("sys." + procedure.name());
    }
  }
}
