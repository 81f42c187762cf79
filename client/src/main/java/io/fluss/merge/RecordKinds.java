package io.fluss.merge;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.table.ColumnSet;

/** Which kinds of values records may have; a state is never one. */
final class RecordKinds {

  private RecordKinds() {}

  /**
   * Of a table without column sets.
   *
   * @throws UnknownColumnSetException where the table has some
   * @throws CorruptBatchException where no table has such a record
   */
  static void requireRow(byte[] value) {
    ValueKind kind = ValueHeader.kind(value);
    if (kind == ValueKind.DELETE) {
      throw UnknownColumnSetException.ofDelete();
    }
    if (kind != ValueKind.ROW) {
      throw refused(ColumnSet.FULL_ROW, kind, ValueKind.DELETE);
    }
  }

  /**
   * Of a table with column sets.
   *
   * @return the kind
   * @throws CorruptBatchException where no record of the column set is of such a kind
   */
  static ValueKind require(int columnSet, byte[] value) {
    ValueKind kind = ValueHeader.kind(value);
    ValueKind delete =
        columnSet == ColumnSet.FULL_ROW ? ValueKind.DELETE : ValueKind.PARTIAL_DELETE;
    if (kind != ValueKind.ROW && kind != delete) {
      throw refused(columnSet, kind, delete);
    }
    return kind;
  }

  private static CorruptBatchException refused(int columnSet, ValueKind kind, ValueKind delete) {
    return new CorruptBatchException(
        "Cannot read value: its kind is "
            + kind
            + ", and a record of column set "
            + columnSet
            + " is of kind "
            + ValueKind.ROW
            + " or "
            + delete);
  }
}
