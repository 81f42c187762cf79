package io.fluss.lake.iceberg;

import io.fluss.lake.iceberg.parquet.RowBatch;
import io.fluss.read.BatchRows;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.deletes.PositionDeleteIndex;

/** The rows of a batch of a file that are not deleted. Filled again for each batch; one thread. */
final class SelectedRows implements BatchRows {

  private final PositionDeleteIndex deleted;
  private final boolean noneDeleted;
  private RowBatch batch;
  private int[] indexes = new int[0];
  private int count;

  SelectedRows(PositionDeleteIndex deleted) {
    this.deleted = deleted;
    this.noneDeleted = deleted.isEmpty();
  }

  SelectedRows of(RowBatch newBatch) {
    batch = newBatch;
    int rows = newBatch.rowCount();
    if (noneDeleted) {
      count = rows;
      return this;
    }
    if (indexes.length < rows) {
      indexes = new int[rows];
    }
    count = 0;
    long first = newBatch.firstPosition();
    for (int i = 0; i < rows; i++) {
      if (!deleted.isDeleted(first + i)) {
        indexes[count++] = i;
      }
    }
    return this;
  }

  @Override
  public int rowCount() {
    return count;
  }

  @Override
  public RowData row(int index) {
    return batch.row(noneDeleted ? index : indexes[index]);
  }

  /** Position of a row in its file. */
  long position(int index) {
    return batch.firstPosition() + (noneDeleted ? index : indexes[index]);
  }
}
