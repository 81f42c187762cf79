package io.fluss.source.fold;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.RowData;

/**
 * A row of a log table, followed by the metadata {@link ChangeFold#METADATA_COLUMNS}, as a row of
 * its {@code $changelog}: each was inserted.
 */
public final class AppendedChange implements MapFunction<RowData, RowData> {

  private static final long serialVersionUID = 1L;
  private static final int TIMESTAMP_PRECISION = 3;

  private final ChangeRows rows;
  private final int metadata;

  public AppendedChange(ChangeRows rows) {
    this.rows = rows;
    this.metadata = rows.selection().paths().length;
  }

  @Override
  public RowData map(RowData row) {
    return rows.row(
        ChangeType.INSERT,
        row.getLong(metadata),
        row.getTimestamp(metadata + 1, TIMESTAMP_PRECISION),
        row);
  }
}
