package io.fluss.read;

import java.util.Collections;
import org.apache.flink.table.data.RowData;

/**
 * Rows that follow one another in a bucket's log: of one record of a log table, or of a run of
 * records of a primary-key table. Immutable.
 *
 * @param sizeInBytes bytes of the records as stored, without their headers
 */
public record LogBatch(int bucket, int sizeInBytes, BatchRows rows, RowPlaces places) {

  /** The rows of one record. */
  public static LogBatch ofRecord(
      int bucket, long offset, long timestampMillis, int sizeInBytes, BatchRows rows) {
    return new LogBatch(
        bucket, sizeInBytes, rows, new InRecord(offset, timestampMillis, rows.rowCount()));
  }

  /**
   * No rows, but news: at this time the log ended at this position.
   *
   * @param position where to go on reading
   */
  public static LogBatch caughtUp(int bucket, LogPosition position, long epochMillis) {
    return new LogBatch(bucket, 0, NoRows.INSTANCE, new AtEnd(position, epochMillis));
  }

  /** Whether no row is of use, as the scan's filter tells, so that none was decoded. */
  public boolean excluded() {
    return rows instanceof ExcludedRows;
  }

  /** This batch with other rows at the same places. */
  public LogBatch withRows(BatchRows newRows) {
    return new LogBatch(bucket, sizeInBytes, newRows, places);
  }

  private record InRecord(long offset, long timestampMillis, int rowCount) implements RowPlaces {
    @Override
    public long offset(int row) {
      return offset;
    }

    @Override
    public int rowIndex(int row) {
      return row;
    }

    @Override
    public long timestampMillis(int row) {
      return timestampMillis;
    }

    @Override
    public LogPosition behind(int rows) {
      return rows == rowCount ? LogPosition.at(offset + 1) : new LogPosition(offset, rows);
    }

    @Override
    public long appendedSinceMillis(int rows) {
      return timestampMillis;
    }

    @Override
    public int records() {
      return 1;
    }
  }

  private record AtEnd(LogPosition position, long epochMillis) implements RowPlaces {
    @Override
    public long offset(int row) {
      return position.offset();
    }

    @Override
    public int rowIndex(int row) {
      return row;
    }

    @Override
    public long timestampMillis(int row) {
      return epochMillis;
    }

    @Override
    public LogPosition behind(int rows) {
      return position;
    }

    @Override
    public long appendedSinceMillis(int rows) {
      return epochMillis;
    }

    @Override
    public int records() {
      return 0;
    }
  }

  private enum NoRows implements BatchRows {
    INSTANCE;

    @Override
    public int rowCount() {
      return 0;
    }

    @Override
    public RowData row(int index) {
      return Collections.<RowData>emptyList().get(index);
    }
  }
}
