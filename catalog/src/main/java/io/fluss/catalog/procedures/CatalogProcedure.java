package io.fluss.catalog.procedures;

import org.apache.flink.table.procedures.Procedure;

/**
 * A procedure of every catalog, in its database {@value #DATABASE}. Its jar names it in {@code
 * META-INF/services}; it has a public constructor without arguments and is stateless.
 */
public interface CatalogProcedure {

  /** The database that procedures are in; no tables are. */
  String DATABASE = "sys";

  /** The name after {@code CALL sys.}. */
  String name();

  /** The statement that calls it, with all arguments; those that may be left out in brackets. */
  String usage();

  /** What it does, and what its arguments mean, in a few sentences. */
  String description();

  /** The procedure of one catalog. */
  Procedure of(ProcedureTarget catalog);
}
