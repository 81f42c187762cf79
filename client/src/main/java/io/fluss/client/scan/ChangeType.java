package io.fluss.client.scan;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.types.RowKind;

/** What a record of a log does to its table. */
@PublicEvolving
public enum ChangeType {
  /** A row of a log table. */
  APPEND_ONLY("+A", RowKind.INSERT),
  /** A new row. */
  INSERT("+I", RowKind.INSERT),
  /** A row as it was before an update. */
  UPDATE_BEFORE("-U", RowKind.UPDATE_BEFORE),
  /** The row that its key has from now on, whether there was one before or not. */
  UPDATE_AFTER("+U", RowKind.UPDATE_AFTER),
  /** The end of a row, of which the columns of the primary key are set. */
  DELETE("-D", RowKind.DELETE);

  private final String shortString;
  private final RowKind rowKind;

  ChangeType(String shortString, RowKind rowKind) {
    this.shortString = shortString;
    this.rowKind = rowKind;
  }

  /** Two characters, as {@code +A}. */
  public String shortString() {
    return shortString;
  }

  /** The same in Flink's words. */
  public RowKind toRowKind() {
    return rowKind;
  }

  static ChangeType of(RowKind kind) {
    return switch (kind) {
      case INSERT -> INSERT;
      case UPDATE_BEFORE -> UPDATE_BEFORE;
      case UPDATE_AFTER -> UPDATE_AFTER;
      case DELETE -> DELETE;
    };
  }
}
