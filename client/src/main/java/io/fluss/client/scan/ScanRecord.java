package io.fluss.client.scan;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/** A row and where in the log it is. Immutable; may be kept, and holds on to its batch then. */
@PublicEvolving
public final class ScanRecord {

  private final long logOffset;
  private final long timestamp;
  private final ChangeType changeType;
  private final RowData row;

  ScanRecord(long logOffset, long timestamp, ChangeType changeType, RowData row) {
    this.logOffset = logOffset;
    this.timestamp = timestamp;
    this.changeType = changeType;
    this.row = row;
  }

  /**
   * The offset in its bucket. All rows of one batch of a log table have the same; polls return
   * whole batches, so who goes on with the next offset misses nothing and reads nothing twice.
   */
  public long logOffset() {
    return logOffset;
  }

  /** When the brokers took it, epoch milliseconds. */
  public long timestamp() {
    return timestamp;
  }

  public ChangeType getChangeType() {
    return changeType;
  }

  /** The columns that the scan projects. */
  public RowData getRow() {
    return row;
  }

  @Override
  public String toString() {
    return changeType.shortString() + row + "@" + logOffset;
  }
}
