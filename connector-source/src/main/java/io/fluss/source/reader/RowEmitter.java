package io.fluss.source.reader;

import io.fluss.read.BatchRows;
import io.fluss.read.RowPlaces;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * Emits the rows of a slice, then moves the split's position behind them. Runs in the task thread,
 * between checkpoints, so a position never lies inside a slice.
 */
final class RowEmitter implements RecordEmitter<RowSlice, RowData, LogSplitState> {

  private final Counter rowsIn;

  RowEmitter(Counter rowsIn) {
    this.rowsIn = rowsIn;
  }

  @Override
  public void emitRecord(RowSlice slice, SourceOutput<RowData> output, LogSplitState split) {
    BatchRows rows = slice.batch().rows();
    RowPlaces places = slice.batch().places();
    int to = slice.to();
    for (int i = slice.from(); i < to; i++) {
      output.collect(rows.row(i), places.timestampMillis(i));
    }
    split.advancePast(slice);
    // SourceReaderBase has counted the slice as one record.
    rowsIn.inc(to - slice.from() - 1L);
  }
}
