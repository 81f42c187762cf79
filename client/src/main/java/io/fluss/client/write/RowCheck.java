package io.fluss.client.write;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Looks at rows before they are written: Flink's planner sees to it that rows fit their table, a
 * program need not. No allocation for rows that are right. Thread-safe.
 */
final class RowCheck {

  private static final long SMALL_BYTES = 1024;

  private final TableInfo table;
  private final RowType type;
  private final int[] notNull;
  private final int[] key;
  private final long largeBytes;
  private final RowSize size;

  /**
   * @param written positions of the columns that are written
   * @param maxRecordBytes largest record of the table
   */
  RowCheck(TableInfo table, int[] written, long maxRecordBytes) {
    this.table = table;
    this.type = table.rowType();
    this.notNull =
        Arrays.stream(written).filter(i -> !type.getTypeAt(i).isNullable()).sorted().toArray();
    this.key = table.keyPositions();
    this.largeBytes = Math.max(SMALL_BYTES, maxRecordBytes / 4);
    this.size = new RowSize(type);
  }

  /** Of whole rows. */
  static RowCheck all(TableInfo table, long maxRecordBytes) {
    int[] all = IntStream.range(0, table.rowType().getFieldCount()).toArray();
    return new RowCheck(table, all, maxRecordBytes);
  }

  /**
   * @throws FlussException where the row has too many or too few columns, or null where there
   *     cannot be one
   */
  void require(RowData row) {
    require(row, notNull);
  }

  /** The same for a row of which only the primary key matters. */
  void requireKey(RowData row) {
    require(row, key);
  }

  private void require(RowData row, int[] columns) {
    if (row.getArity() != type.getFieldCount()) {
      throw new FlussException(
          "Cannot write a row to table '"
              + table.path()
              + "': it has "
              + row.getArity()
              + " columns, and the table has "
              + type.getFieldCount()
              + ": "
              + type.asSummaryString()
              + ".");
    }
    for (int column : columns) {
      if (row.isNullAt(column)) {
        throw new FlussException(
            "Cannot write a row to table '"
                + table.path()
                + "': column '"
                + type.getFieldNames().get(column)
                + "' is null, and it is "
                + type.getTypeAt(column).asSummaryString()
                + ".");
      }
    }
  }

  /** Why a row that passed could not be written, from what its reading threw. */
  FlussException unfit(RuntimeException cause) {
    return new FlussException(
        "Cannot write a row to table '"
            + table.path()
            + "', whose rows are "
            + type.asSummaryString()
            + ": "
            + (cause instanceof IllegalArgumentException ? cause.getMessage() : cause.toString())
            + ". Values are Flink's internal ones: StringData, TimestampData, DecimalData, ...",
        cause);
  }

  /** Whether the row may be too large for a record, as far as that can be told without encoding. */
  boolean isLarge(RowData row) {
    return size.bytes(row) > largeBytes;
  }
}
