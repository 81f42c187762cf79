package io.fluss.sink;

import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RecordSender;
import io.fluss.upsert.UpsertWriter;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.WriterInitContext;
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

  /** Registers the column set of a partial update; deletes what an overwrite removes. */
  static KeyedRows open(
      TableSinkConfig config,
      WriterInitContext context,
      TaskTopics topics,
      LeaseTimes times,
      RecordSender sender)
      throws IOException {
    UpsertWriter writer =
        UpsertWriter.open(
            config.table(),
            config.client(),
            config.scope(),
            topics.rows(),
            topics.limits(),
            times,
            sender);
    try {
      Overwrite.deleteRows(config, context.getTaskInfo(), writer);
    } catch (InterruptedException e) {
      writer.close();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while emptying '" + config.table().path() + "'", e);
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
    return new KeyedRows(writer, config.ignoreDelete());
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
