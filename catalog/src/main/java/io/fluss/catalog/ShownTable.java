package io.fluss.catalog;

import io.fluss.lake.ShownLake;
import io.fluss.lake.state.ShownOffsets;
import io.fluss.table.ChangelogTable;

/** What a name that is given for a table shows of a stored one. */
enum ShownTable {
  /** The table itself. */
  ITSELF("the table"),
  /** {@code t$changelog}. */
  CHANGES("the changes"),
  /** {@code t$lake}. */
  LAKE("the lake"),
  /** {@code t$lake_offsets}. */
  LAKE_OFFSETS("the lake offsets");

  private final String shown;

  ShownTable(String shown) {
    this.shown = shown;
  }

  static ShownTable of(String name) {
    if (ChangelogTable.tableOf(name).isPresent()) {
      return CHANGES;
    }
    if (ShownOffsets.tableOf(name).isPresent()) {
      return LAKE_OFFSETS;
    }
    return ShownLake.tableOf(name).isPresent() ? LAKE : ITSELF;
  }

  /** The table that is stored. */
  static String storedTable(String name) {
    return ChangelogTable.tableOf(name)
        .or(() -> ShownLake.tableOf(name))
        .or(() -> ShownOffsets.tableOf(name))
        .orElse(name);
  }

  /** For people: {@code the changes}. */
  @Override
  public String toString() {
    return shown;
  }
}
