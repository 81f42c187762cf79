package io.fluss.union;

import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.TableInfo;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * Rows that a lake has of a primary-key table, as the records of whole rows that the log would have
 * of them: {@link io.fluss.read.Selection#records}. One thread.
 */
public final class LakeRowsAsRecords {

  private final LakeRows rows;
  private final RowEncoder encoder;

  /**
   * @param rows of all columns
   */
  public LakeRowsAsRecords(TableInfo table, LakeRows rows) {
    this.rows = rows;
    this.encoder = KeyedSchema.of(table).rowEncoder();
  }

  /** The record of a row. */
  public RowData of(RowData row) {
    return GenericRowData.of(rows.recordKey(row), encoder.encode(row));
  }
}
