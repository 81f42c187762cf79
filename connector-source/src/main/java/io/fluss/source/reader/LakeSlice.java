package io.fluss.source.reader;

import io.fluss.union.LakePosition;
import org.apache.flink.table.data.RowData;

/**
 * Rows of one batch of a lake; none where only the position moves on.
 *
 * @param behind the place in the lake behind the last row
 */
record LakeSlice(LakeBatch batch, int from, int to, LakePosition behind) implements SplitRows {

  @Override
  public RowData row(int index) {
    return batch.row(index);
  }

  @Override
  public long timestampMillis(int index) {
    return batch.timestampMillis(index);
  }
}
