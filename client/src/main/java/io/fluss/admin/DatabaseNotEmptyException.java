package io.fluss.admin;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** The database still has tables. */
@PublicEvolving
public final class DatabaseNotEmptyException extends FlussException {

  private static final long serialVersionUID = 1L;

  public DatabaseNotEmptyException(String database, int tables) {
    super(
        "Database '"
            + database
            + "' still has "
            + tables
            + " table(s). Drop them first, or use CASCADE.");
  }
}
