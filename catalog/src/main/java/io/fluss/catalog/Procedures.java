package io.fluss.catalog;

import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.flink.table.procedures.Procedure;

/** The procedures on the class path, for one catalog. */
final class Procedures {

  private final Map<String, CatalogProcedure> byName = new TreeMap<>();
  private final ProcedureTarget context;

  private Procedures(ProcedureTarget context) {
    this.context = context;
    ServiceLoader.load(CatalogProcedure.class, context.classLoader())
        .forEach(p -> byName.put(p.name(), p));
  }

  static Procedures of(ProcedureTarget context) {
    return new Procedures(context);
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  Optional<Procedure> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(p -> p.of(context));
  }
}
