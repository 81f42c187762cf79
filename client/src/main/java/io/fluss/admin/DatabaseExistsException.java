package io.fluss.admin;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** There is a database of this name already. */
@PublicEvolving
public final class DatabaseExistsException extends FlussException {

  private static final long serialVersionUID = 1L;

  public DatabaseExistsException(String database) {
    super("Database '" + database + "' exists already.");
  }
}
