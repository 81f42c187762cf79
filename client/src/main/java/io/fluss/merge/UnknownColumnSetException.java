package io.fluss.merge;

import io.fluss.FlussException;

/**
 * A record belongs to a column set that its reader was not told of: somebody began to write a part
 * of the table's columns after the reader had looked at the table. A reader that starts anew knows
 * it.
 */
public final class UnknownColumnSetException extends FlussException {

  private static final long serialVersionUID = 1L;

  UnknownColumnSetException(int columnSet) {
    super(
        "A record updates column set "
            + columnSet
            + ", which the table did not have when this query was planned: it is written with"
            + " partial updates since. Start the query again, so that it reads the table as it is"
            + " now.");
  }
}
