package io.fluss.admin;

import io.fluss.FlussException;

/** There is a database of this name already. */
public final class DatabaseExistsException extends FlussException {

  private static final long serialVersionUID = 1L;

  public DatabaseExistsException(String database) {
    super("Database '" + database + "' exists already.");
  }
}
