package io.fluss.client.scan;

import io.fluss.read.LogBatch;
import io.fluss.read.RowPlaces;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/**
 * The rows of a batch that match a condition. Immutable.
 *
 * @param indexes of those that match; null where all do
 * @param projection of the row's columns, null where it has no others than those wanted
 */
@SuppressWarnings("ArrayRecordComponent")
record SelectedRows(
    LogBatch batch, int count, @Nullable int[] indexes, @Nullable int[] projection, boolean log) {

  static final SelectedRows NONE =
      new SelectedRows(
          LogBatch.caughtUp(0, io.fluss.read.LogPosition.at(0), 0), 0, null, null, true);

  private int index(int row) {
    return indexes == null ? row : indexes[row];
  }

  RowData row(int row) {
    RowData found = batch.rows().row(index(row));
    return projection == null ? found : ProjectedRowData.from(projection).replaceRow(found);
  }

  ScanRecord record(int row) {
    RowPlaces places = batch.places();
    int index = index(row);
    RowData found = row(row);
    return new ScanRecord(
        places.offset(index),
        places.timestampMillis(index),
        log ? ChangeType.APPEND_ONLY : ChangeType.of(found.getRowKind()),
        found);
  }
}
