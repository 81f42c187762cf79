package io.fluss.lake;

import io.fluss.FlussException;

/** The lake table carries other offsets than a round began with: another round was faster. */
public final class LakeConflictException extends FlussException {

  private static final long serialVersionUID = 1L;

  public LakeConflictException(String message) {
    super(message);
  }

  /** The message for a table whose lake has moved on. */
  public static LakeConflictException of(String table, LakeOffsets from, LakeOffsets found) {
    return new LakeConflictException(
        "A round of tiering of table '"
            + table
            + "' was not committed: it began with lake offsets "
            + from.summary()
            + ", and the lake has "
            + found.summary()
            + " now. Another round has committed meanwhile; nothing was written twice.");
  }
}
