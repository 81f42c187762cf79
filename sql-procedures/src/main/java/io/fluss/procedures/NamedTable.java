package io.fluss.procedures;

import io.fluss.FlussException;
import io.fluss.catalog.procedures.ProcedureTarget;
import io.fluss.table.Names;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the table that an argument names: {@code db.t}, or {@code t} of the default database. */
final class NamedTable {

  private NamedTable() {}

  static TableInfo find(ProcedureTarget catalog, String argument) {
    String name = argument.strip();
    int dot = name.indexOf('.');
    String database = dot < 0 ? catalog.defaultDatabase() : name.substring(0, dot);
    String table = name.substring(dot + 1);
    Optional<String> problem =
        Stream.of(Names.problemWithDatabase(database), Names.problemWithTable(table))
            .flatMap(Optional::stream)
            .findFirst();
    if (problem.isPresent()) {
      throw new FlussException(
          "Argument 'table_name' is '"
              + argument
              + "', which names no table: "
              + problem.get()
              + " Write it as 'database.table'.");
    }
    return catalog.admin().get().table(TablePath.of(database, table));
  }
}
