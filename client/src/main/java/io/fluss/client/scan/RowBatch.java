package io.fluss.client.scan;

import java.util.function.IntFunction;
import org.apache.flink.table.data.RowData;

/**
 * Some rows that a batch scanner hands out. Rows may be kept.
 *
 * @param row makes a row, by its number
 */
record RowBatch(int count, IntFunction<RowData> row) {

  static final RowBatch NOTHING =
      new RowBatch(
          0,
          i -> {
            throw new IndexOutOfBoundsException(i);
          });

  static RowBatch of(SelectedRows rows) {
    return new RowBatch(rows.count(), rows::row);
  }

  RowBatch first(int rows) {
    return rows >= count ? this : new RowBatch(rows, row);
  }
}
