package io.fluss.lake.paimon;

import org.apache.flink.table.data.RowData;
import org.apache.paimon.data.Timestamp;

/** A row of the lake table: a row of the log, then its place there. Reused. */
final class LakeRow extends PaimonRow {

  private final int bucketPosition;
  private final int bucket;
  private long offset;
  private Timestamp timestamp = Timestamp.fromEpochMillis(0);

  /**
   * @param columns of the table
   * @param bucket that all rows are of
   */
  LakeRow(int columns, int bucket) {
    super(null);
    this.bucketPosition = columns;
    this.bucket = bucket;
  }

  LakeRow replace(RowData row, long newOffset, long timestampMillis) {
    replace(row);
    offset = newOffset;
    if (timestamp.getMillisecond() != timestampMillis) {
      timestamp = Timestamp.fromEpochMillis(timestampMillis);
    }
    return this;
  }

  @Override
  public int getFieldCount() {
    return bucketPosition + 3;
  }

  @Override
  public boolean isNullAt(int pos) {
    return pos < bucketPosition && super.isNullAt(pos);
  }

  @Override
  public int getInt(int pos) {
    return pos == bucketPosition ? bucket : super.getInt(pos);
  }

  @Override
  public long getLong(int pos) {
    return pos == bucketPosition + 1 ? offset : super.getLong(pos);
  }

  @Override
  public Timestamp getTimestamp(int pos, int precision) {
    return pos == bucketPosition + 2 ? timestamp : super.getTimestamp(pos, precision);
  }
}
