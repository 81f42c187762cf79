package io.fluss.source.reader;

import io.fluss.read.BatchRows;
import io.fluss.read.RowOrigins;
import io.fluss.union.LakeRows;
import io.fluss.union.LakeRowsAsRecords;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * Rows of one batch of a lake, as they are emitted: the selected columns, then metadata. Good until
 * the lake is read on. Task thread.
 */
final class LakeBatch implements RowOrigins {

  private final BatchRows stored;

  /** Null where the rows are to be emitted as they are. */
  @Nullable private final LakeRows view;

  /** Null where rows are wanted, and not records. */
  @Nullable private final LakeRowsAsRecords records;

  /** Rows of the batch that are wanted, null where all are. */
  @Nullable private final int[] wanted;

  private final int rowIndex;

  /** Null where none is asked for. */
  @Nullable private BatchMetadata metadata;

  /**
   * @param rowIndex of each row in its record
   */
  LakeBatch(
      BatchRows stored,
      @Nullable LakeRows view,
      @Nullable LakeRowsAsRecords records,
      @Nullable int[] wanted,
      int rowIndex) {
    this.stored = stored;
    this.view = view;
    this.records = records;
    this.wanted = wanted;
    this.rowIndex = rowIndex;
  }

  /** Adds metadata to the rows. */
  void describe(BatchMetadata newMetadata) {
    metadata = newMetadata;
  }

  private RowData stored(int index) {
    return stored.row(wanted == null ? index : wanted[index]);
  }

  RowData row(int index) {
    RowData stored = stored(index);
    RowData row = emitted(stored);
    return metadata == null ? row : new RowWithMetadata(row, index, metadata);
  }

  private RowData emitted(RowData stored) {
    if (records != null) {
      return records.of(stored);
    }
    return view == null ? stored : view.selected(stored);
  }

  int bucket(int row) {
    return view.bucket(stored(row));
  }

  @Override
  public long offset(int row) {
    return view.offset(stored(row));
  }

  @Override
  public int rowIndex(int row) {
    return rowIndex;
  }

  @Override
  public long timestampMillis(int row) {
    return view != null && view.haveTimestamp()
        ? view.timestampMillis(stored(row))
        : Long.MIN_VALUE;
  }
}
