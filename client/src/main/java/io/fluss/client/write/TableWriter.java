package io.fluss.client.write;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Writes to one table. Thread-safe: threads may share a writer, and then share its batches and its
 * memory; writers of one connection share its Kafka producers.
 *
 * <p><b>Errors.</b> What is wrong with one row alone (it does not fit the table, or is too large)
 * fails the future of that row, and the writer goes on. What keeps the writer from writing (Kafka
 * refuses, the table was dropped, a partition cannot be created) fails the futures of all rows that
 * are not in the log, and all later calls: close it and create another one. Rows whose futures
 * failed may still be in the log; whoever writes them again may have a log table hold them twice.
 *
 * <p>Whoever creates a writer closes it; closing the connection closes those that are left.
 */
@PublicEvolving
public interface TableWriter extends AutoCloseable {

  /**
   * Sends what was gathered and returns once all rows given before are in the log.
   *
   * @throws FlussException where one of them is not known to be there
   * @throws IllegalStateException where it is closed, or this is a thread of Kafka's producer: in
   *     what depends on the future of a write use {@code thenRunAsync}
   */
  void flush();

  /**
   * Flushes and frees what the writer holds. From the moment this begins, other threads that write
   * get an {@link IllegalStateException}; every future that they have got before is completed. What
   * fails, or could not be sent since the thread was interrupted, these futures tell.
   *
   * @throws IllegalStateException where this is a thread of Kafka's producer
   */
  @Override
  void close();
}
