package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogGapException;
import io.fluss.read.LogGoneException;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Reads the log of a table from the buckets that it is subscribed to, as it grows. Rows of a bucket
 * come in their order, only committed ones; nothing is read twice, and a gap is an error.
 *
 * <p>Of a log table these are its rows; of a primary-key table its changes: a row as {@link
 * ChangeType#UPDATE_AFTER}, the end of one as {@link ChangeType#DELETE}. The log of a primary-key
 * table is compacted, so of changes of a row long ago only the last may be left.
 *
 * <p><b>Not thread-safe</b>: a call while another thread is in a call throws {@link
 * ConcurrentModificationException}. Only {@link #wakeup} may be called from anywhere. Has a
 * connection of its own; whoever creates it closes it, and closing the connection closes those that
 * are left.
 */
@PublicEvolving
public interface LogScanner extends AutoCloseable {

  /** In place of an offset: the oldest row that is kept. */
  long EARLIEST_OFFSET = -2;

  /** In place of an offset: what is written from now on. */
  long LATEST_OFFSET = -1;

  /**
   * Begins to read a bucket of a table without partitions, or goes on elsewhere in one that is
   * read.
   *
   * @param offset the first to read, as {@link ScanRecord#logOffset} and results of writes give
   *     them, or {@link #EARLIEST_OFFSET} or {@link #LATEST_OFFSET}
   * @throws FlussException where there is no such bucket, or the table was dropped
   */
  void subscribe(int bucket, long offset);

  /** As {@link #subscribe(int, long)}, of a bucket of a partition. */
  void subscribe(PartitionName partition, int bucket, long offset);

  /** From the oldest row that is kept. */
  default void subscribeFromBeginning(int bucket) {
    subscribe(bucket, EARLIEST_OFFSET);
  }

  /** From the oldest row that is kept. */
  default void subscribeFromBeginning(PartitionName partition, int bucket) {
    subscribe(partition, bucket, EARLIEST_OFFSET);
  }

  /** Reads a bucket no more; does nothing where it is not read. */
  void unsubscribe(int bucket);

  /** Reads a bucket of a partition no more; does nothing where it is not read. */
  void unsubscribe(PartitionName partition, int bucket);

  /**
   * The next rows; waits for them for as long as the timeout says.
   *
   * @return empty where there were none in this time
   * @throws WakeupException after {@link #wakeup}
   * @throws LogGapException where the next rows are not in the log any more
   * @throws LogGoneException where the table or a partition was dropped
   * @throws io.fluss.read.CorruptLogException where a record cannot be read
   * @throws IllegalStateException where it is subscribed to nothing, or closed
   * @throws FlussException where the brokers refuse
   */
  ScanRecords poll(Duration timeout);

  /**
   * As {@link #poll}, of batches as they are stored, for engines that compute on Arrow. The scan's
   * projection has been applied; its filter left out batches as far as their statistics tell, and
   * rows of others have to be looked at.
   *
   * @throws FlussException where the table has a primary key: its rows are not stored in Arrow
   */
  ArrowScanRecords pollArrow(Duration timeout);

  /**
   * Ends a poll that waits in another thread, or else the next one, with a {@link WakeupException}.
   * Any thread.
   */
  void wakeup();

  @Override
  void close();
}
