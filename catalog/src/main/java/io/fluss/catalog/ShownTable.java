package io.fluss.catalog;

import io.fluss.lake.ShownLake;
import io.fluss.table.ChangelogTable;
import java.util.Optional;

/** What a name that is given for a table shows of a stored one. */
enum ShownTable {
  /** The table itself. */
  ITSELF("the table"),
  /** {@code t$changelog}. */
  CHANGES("the changes"),
  /** {@code t$lake}. */
  LAKE("the lake");

  private final String shown;

  ShownTable(String shown) {
    this.shown = shown;
  }

  static ShownTable of(String name) {
    if (ChangelogTable.tableOf(name).isPresent()) {
      return CHANGES;
    }
    return ShownLake.tableOf(name).isPresent() ? LAKE : ITSELF;
  }

  /** The table that is stored. */
  static String storedTable(String name) {
    Optional<String> stored = ChangelogTable.tableOf(name).or(() -> ShownLake.tableOf(name));
    return stored.orElse(name);
  }

  /** For people: {@code the changes}. */
  @Override
  public String toString() {
    return shown;
  }
}
