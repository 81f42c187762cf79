package io.fluss.lake;

import org.apache.flink.table.data.RowData;

/**
 * Writes what has become of keys of a primary-key table. Each key comes once at most, in no
 * particular order.
 */
public interface LakeUpserter extends LakeWriter {

  /**
   * The row of a key is now this, whether or not there was one.
   *
   * @param row all physical columns; valid during the call only
   * @param offset of the record that the row came to be with
   * @param timestampMillis of that record, epoch milliseconds
   */
  void upsert(RowData row, long offset, long timestampMillis);

  /**
   * There is no row of a key now, whether or not there was one.
   *
   * @param row all physical columns, of which those of the primary key have values and the others
   *     are null; valid during the call only
   * @param offset see {@link #upsert}
   * @param timestampMillis see {@link #upsert}
   */
  void delete(RowData row, long offset, long timestampMillis);
}
