package io.fluss.procedures;

import io.fluss.FlussException;
import io.fluss.catalog.procedures.CatalogProcedure;
import javax.annotation.Nullable;

/**
 * Checks that arguments are there. Flink is told that all may be left out, since what it says of
 * one that is missing does not name it.
 */
final class Arguments {

  private final CatalogProcedure procedure;

  Arguments(CatalogProcedure procedure) {
    this.procedure = procedure;
  }

  /**
   * The argument.
   *
   * @throws FlussException where it was left out
   */
  String required(String name, @Nullable String value) {
    if (value == null) {
      throw new FlussException(
          "Argument '"
              + name
              + "' of procedure 'sys."
              + procedure.name()
              + "' is missing. Usage: "
              + procedure.usage());
    }
    return value;
  }
}
