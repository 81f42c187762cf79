package io.fluss.client.scan;

import io.fluss.FlussException;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/**
 * Reads the rows that a table has at the time of the first poll: of a log table those in its log,
 * of a primary-key table what its changes come to, one row for each key; where the table is kept in
 * a lake, those in the lake and those behind them in the log. In no order.
 *
 * <p><b>Not thread-safe</b>: a call while another thread is in a call throws {@link
 * ConcurrentModificationException}. Has a connection of its own and may use disk for rows that do
 * not fit into memory; whoever creates it closes it, and closing the connection closes those that
 * are left.
 */
@PublicEvolving
public interface BatchScanner extends AutoCloseable {

  /**
   * The next rows; waits for them for about as long as the timeout says.
   *
   * @return rows that may be kept, empty where there were none in this time; null once all rows
   *     were returned. Need not be closed
   * @throws FlussException where rows cannot be read, or may be missing
   * @throws IllegalStateException where it is closed
   */
  @Nullable
  CloseableIterator<RowData> pollBatch(Duration timeout);

  @Override
  void close();
}
