package io.fluss.lake.paimon;

import io.fluss.lake.LakeReader;
import io.fluss.read.BatchRows;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Rows without columns, of which only the number is known. */
final class CountReader implements LakeReader {

  private static final int MAX_BATCH = 1 << 20;
  private static final RowData NO_COLUMNS = new GenericRowData(0);

  private long left;

  CountReader(long rows) {
    this.left = rows;
  }

  @Nullable
  @Override
  public BatchRows next() {
    if (left == 0) {
      return null;
    }
    int count = (int) Math.min(left, MAX_BATCH);
    left -= count;
    return new Counted(count);
  }

  @Override
  public void close() {
    left = 0;
  }

  /** A number of such rows. */
  record Counted(int rowCount) implements BatchRows {
    @Override
    public RowData row(int index) {
      return NO_COLUMNS;
    }
  }
}
