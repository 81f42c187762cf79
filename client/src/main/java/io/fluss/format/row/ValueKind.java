package io.fluss.format.row;

import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;

/** What the value of a record says. A delete of the row has no value. */
public enum ValueKind {
  /** The columns of the record's column set have these values. */
  ROW(0),

  /** The columns of the record's column set become null. */
  PARTIAL_DELETE(1);

  private final int id;

  ValueKind(int id) {
    this.id = id;
  }

  /** The byte that stands for this kind. */
  public int id() {
    return id;
  }

  static ValueKind of(int id) {
    if (id == ROW.id) {
      return ROW;
    }
    if (id == PARTIAL_DELETE.id) {
      return PARTIAL_DELETE;
    }
    throw new UnsupportedFormatException(
        "Cannot read value: its kind is "
            + id
            + ", supported here: "
            + Arrays.toString(values())
            + ". Read it with a newer version.");
  }
}
