package io.fluss.table;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The name of a table: database and table.
 *
 * @param database name of the database
 * @param table name of the table in it
 */
@PublicEvolving
public record TablePath(String database, String table) implements Serializable {

  private static final long serialVersionUID = 1L;

  public TablePath {
    Names.requireDatabase(database);
    Names.requireTable(table);
  }

  public static TablePath of(String database, String table) {
    return new TablePath(database, table);
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
