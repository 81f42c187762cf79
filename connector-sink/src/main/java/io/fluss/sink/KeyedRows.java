package io.fluss.sink;

import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RecordSender;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.TopicLimits;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** Rows of a primary-key table: each is a record of its own. Does not own the sender. */
final class KeyedRows implements RowsToLog {

  private final UpsertWriter writer;
  private final boolean ignoreDelete;

  private KeyedRows(UpsertWriter writer, boolean ignoreDelete) {
    this.writer = writer;
    this.ignoreDelete = ignoreDelete;
  }

  /** Registers the column set of a partial update. */
  static KeyedRows open(
      TableSinkConfig config,
      RowScope scope,
      TopicLimits limits,
      LeaseTimes times,
      RecordSender sender) {
    return new KeyedRows(
        UpsertWriter.open(config.table(), config.client(), scope, limits, times, sender),
        config.ignoreDelete());
  }

  @Override
  public void write(RowData row) throws InterruptedException {
    if (ignoreDelete && row.getRowKind() == RowKind.DELETE) {
      return;
    }
    writer.write(row);
  }

  @Override
  public void flush() throws InterruptedException {
    writer.flush();
  }

  @Override
  public void close() {
    writer.close();
  }
}
