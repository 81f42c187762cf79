package io.fluss.source.reader;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * Emits the rows of a slice, then moves the split's position behind them. Runs in the task thread,
 * between checkpoints, so a position never lies inside a slice.
 */
final class RowEmitter implements RecordEmitter<SplitRows, RowData, SplitState> {

  private final Counter rowsIn;

  RowEmitter(Counter rowsIn) {
    this.rowsIn = rowsIn;
  }

  @Override
  public void emitRecord(SplitRows rows, SourceOutput<RowData> output, SplitState split) {
    int from = rows.from();
    int to = rows.to();
    for (int i = from; i < to; i++) {
      output.collect(rows.row(i), rows.timestampMillis(i));
    }
    split.advancePast(rows);
    // SourceReaderBase has counted the slice as one record.
    rowsIn.inc(to - from - 1L);
  }
}
