package io.fluss.source.reader;

import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.source.split.TableBucket;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * The METADATA columns of a read, which follow the stored ones. What is the same for all rows of a
 * batch is made once per batch.
 */
public record MetadataColumns(List<MetadataColumn> columns) implements Serializable {

  public static final MetadataColumns NONE = new MetadataColumns(List.of());

  public MetadataColumns {
    columns = List.copyOf(columns);
  }

  LogBatch addTo(LogBatch batch, TableBucket bucket) {
    if (columns.isEmpty()) {
      return batch;
    }
    Object[] values = new Object[columns.size()];
    boolean[] isRowIndex = new boolean[columns.size()];
    for (int i = 0; i < values.length; i++) {
      isRowIndex[i] = columns.get(i) == MetadataColumn.ROW_INDEX;
      values[i] =
          switch (columns.get(i)) {
            case OFFSET -> batch.offset();
            case ROW_INDEX -> null;
            case TIMESTAMP -> TimestampData.fromEpochMillis(batch.timestampMillis());
            case BUCKET -> bucket.index();
            case PARTITION ->
                bucket.partition() == null ? null : StringData.fromString(bucket.partition());
          };
    }
    return batch.withRows(new Rows(batch.rows(), values, isRowIndex));
  }

  private record Rows(BatchRows stored, Object[] values, boolean[] isRowIndex)
      implements BatchRows {
    @Override
    public int rowCount() {
      return stored.rowCount();
    }

    @Override
    public RowData row(int index) {
      return new RowWithMetadata(stored.row(index), index, values, isRowIndex);
    }
  }
}
