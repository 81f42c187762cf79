package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import io.fluss.read.LogGapException;
import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;
import io.fluss.table.TableInfo;

/** Where fetching stands in one split. Belongs to the fetcher thread. */
final class BucketCursor {

  private final TableInfo table;
  private final LogSplit split;
  private boolean pastFirstBatch;

  BucketCursor(TableInfo table, LogSplit split) {
    this.table = table;
    this.split = split;
    this.pastFirstBatch = split.position().rowsRead() == 0;
  }

  LogSplit split() {
    return split;
  }

  /**
   * The rows of a batch that are wanted: all, except in the first batch of a split that was
   * restored in the middle of it.
   *
   * @throws LogGapException where the batch of the restored position is not the one found
   */
  RowSlice wanted(LogBatch batch) {
    int from = pastFirstBatch ? 0 : firstRow(batch);
    pastFirstBatch = true;
    return new RowSlice(batch, from, batch.rows().rowCount());
  }

  private int firstRow(LogBatch batch) {
    LogPosition position = split.position();
    if (batch.offset() != position.offset() || position.rowsRead() > batch.rows().rowCount()) {
      throw LogGapException.batchMissing(table, batch.bucket(), position, batch.offset());
    }
    return position.rowsRead();
  }
}
