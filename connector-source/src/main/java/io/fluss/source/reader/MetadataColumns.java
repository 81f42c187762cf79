package io.fluss.source.reader;

import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.source.split.TableBucket;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** The METADATA columns of a read, which follow the stored ones. */
public record MetadataColumns(List<MetadataColumn> columns) implements Serializable {

  public static final MetadataColumns NONE = new MetadataColumns(List.of());

  public MetadataColumns {
    columns = List.copyOf(columns);
  }

  /** These, and behind them the identity of the partition. */
  public MetadataColumns withTopicId() {
    List<MetadataColumn> more = new ArrayList<>(columns);
    more.add(MetadataColumn.TOPIC_ID);
    return new MetadataColumns(more);
  }

  /** Whether it is asked where the record of each row is. */
  public boolean tellOrigins() {
    return columns.contains(MetadataColumn.OFFSET) || columns.contains(MetadataColumn.TIMESTAMP);
  }

  LogBatch addTo(LogBatch batch, TableBucket bucket) {
    return columns.isEmpty()
        ? batch
        : batch.withRows(
            new Rows(
                batch.rows(),
                new BatchMetadata(
                    columns,
                    row -> bucket.index(),
                    bucket.partition(),
                    bucket.topicId(),
                    batch.places())));
  }

  private record Rows(BatchRows stored, BatchMetadata metadata) implements BatchRows {
    @Override
    public int rowCount() {
      return stored.rowCount();
    }

    @Override
    public RowData row(int index) {
      return new RowWithMetadata(stored.row(index), index, metadata);
    }
  }
}
