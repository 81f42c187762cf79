package io.fluss.metadata;

import io.fluss.table.TableInfo;

/** What an image holds under a table's name. */
public sealed interface TableEntry {

  /** The table, or the reason why its record cannot be read. */
  TableInfo require();

  /** A record that was understood. */
  record Readable(TableInfo table) implements TableEntry {

    @Override
    public TableInfo require() {
      return table;
    }
  }

  /**
   * A record that is corrupt or too new. It takes the name and harms no other table.
   *
   * @param reason for the user
   */
  record Unreadable(String reason) implements TableEntry {

    @Override
    public TableInfo require() {
      throw new InvalidMetadataException(reason);
    }
  }
}
