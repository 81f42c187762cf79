package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import org.apache.flink.table.data.RowData;

/**
 * Rows of one batch of the log.
 *
 * @param from first row
 * @param to behind the last row
 */
record RowSlice(LogBatch batch, int from, int to) implements SplitRows {

  @Override
  public RowData row(int index) {
    return batch.rows().row(index);
  }

  @Override
  public long timestampMillis(int index) {
    return batch.places().timestampMillis(index);
  }
}
