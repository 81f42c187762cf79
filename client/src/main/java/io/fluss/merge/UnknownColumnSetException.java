package io.fluss.merge;

import io.fluss.FlussException;

/**
 * A record belongs to a column set that its reader was not told of: somebody began to write a part
 * of the table's columns after the reader had looked at the table. A reader that starts anew knows
 * it.
 */
public final class UnknownColumnSetException extends FlussException {

  private static final long serialVersionUID = 1L;

  private UnknownColumnSetException(String record) {
    super(
        record
            + ", which the table did not have when this query was planned: it is written with"
            + " partial updates since. Start the query again, so that it reads the table as it is"
            + " now.");
  }

  /** By a record of the column set. */
  static UnknownColumnSetException ofUpdate(int columnSet) {
    return new UnknownColumnSetException("A record updates column set " + columnSet);
  }

  /** By a record that deletes a row from all column sets, which begins so in no other table. */
  static UnknownColumnSetException ofDelete() {
    return new UnknownColumnSetException("A record deletes a row from all column sets");
  }

  /** By a state that was kept for somebody who knew more of the table. */
  static UnknownColumnSetException ofState() {
    return new UnknownColumnSetException("A row that was kept is made of column sets");
  }
}
