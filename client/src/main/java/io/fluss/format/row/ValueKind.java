package io.fluss.format.row;

import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;

/** What a value says. A tombstone has none. */
public enum ValueKind {
  /** The columns of the record's column set have these values. */
  ROW(0),

  /** The columns of the record's column set become null. */
  PARTIAL_DELETE(1),

  /** The row is deleted, with all that earlier records of any column set say of it. */
  DELETE(2),

  /**
   * Not of a record: the state of a key in a reader's stores, made of the values of several. Its id
   * leaves the others to records.
   */
  LAYERS(255);

  private static final ValueKind[] KINDS = values();

  private final int id;

  ValueKind(int id) {
    this.id = id;
  }

  /** The byte that stands for this kind. */
  public int id() {
    return id;
  }

  static ValueKind of(int id) {
    for (ValueKind kind : KINDS) {
      if (kind.id == id) {
        return kind;
      }
    }
    throw new UnsupportedFormatException(
        "Cannot read value: its kind is "
            + id
            + ", supported here: "
            + Arrays.toString(KINDS)
            + ". Read it with a newer version.");
  }
}
