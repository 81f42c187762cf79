package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.topic.TopicNames;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The column sets of a table as a writer knows them, read anew again and again on a thread of its
 * own. Guarantee: what {@link #fresh()} returns was read at most a lease ago, counted from before
 * the reading. Why that matters: {@code docs/decisions/0005-column-sets.md}.
 *
 * <p>Owns thread and connection; the writer closes it. Thread-safe.
 */
final class TableView implements AutoCloseable {

  /**
   * One reading.
   *
   * @param columnSets registered, by rising id
   * @param generation how often the column sets have changed since the view was opened
   * @param readAtNanos when the last reading with these column sets began
   * @param formerReadAtNanos when the last reading with those before began; meaningless in the
   *     first generation
   */
  record Seen(
      List<ColumnSet> columnSets, int generation, long readAtNanos, long formerReadAtNanos) {

    private Seen next(List<ColumnSet> found, long startNanos) {
      return found.equals(columnSets)
          ? new Seen(found, generation, startNanos, formerReadAtNanos)
          : new Seen(found, generation + 1, startNanos, readAtNanos);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(TableView.class);

  private final TableInfo table;
  private final LeaseTimes times;
  private final Supplier<Optional<TableInfo>> read;
  private final AutoCloseable connection;
  private final ScheduledExecutorService thread;

  @Nullable private volatile Seen seen;
  @Nullable private RuntimeException lastProblem;
  private boolean gone;
  private volatile boolean closed;

  /**
   * @param read reads the table's record; empty where the table is gone
   * @param connection closed with the view
   */
  TableView(
      TableInfo table,
      LeaseTimes times,
      Supplier<Optional<TableInfo>> read,
      AutoCloseable connection) {
    this.table = table;
    this.times = times;
    this.read = read;
    this.connection = connection;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "fluss-table-view " + table.topic());
              thread.setDaemon(true);
              return thread;
            });
    thread.scheduleWithFixedDelay(
        this::refresh, 0, times.refresh().toNanos(), TimeUnit.NANOSECONDS);
  }

  static TableView open(TableInfo table, ClientConfig client, LeaseTimes times) {
    TableAdmin admin = TableAdmin.connect(client);
    return new TableView(table, times, () -> admin.refresh(table), admin);
  }

  /**
   * @param admin stays the caller's
   */
  static TableView sharing(TableInfo table, TableAdmin admin, LeaseTimes times) {
    return new TableView(table, times, () -> admin.refresh(table), () -> {});
  }

  /**
   * The last reading; waits for one that is young enough.
   *
   * @throws FlussException where there is none within the patience, or the table is gone
   */
  Seen fresh() throws InterruptedException {
    Seen last = seen;
    return last != null && isFresh(last) ? last : awaitFresh();
  }

  private boolean isFresh(Seen reading) {
    return System.nanoTime() - reading.readAtNanos() < times.lease().toNanos();
  }

  private synchronized Seen awaitFresh() throws InterruptedException {
    long deadline = System.nanoTime() + times.patience().toNanos();
    while (true) {
      Seen last = seen;
      if (last != null && isFresh(last)) {
        return last;
      }
      if (gone) {
        throw new FlussException(
            "Cannot delete from table '" + table.path() + "': the table was dropped.");
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new FlussException(
            "Cannot delete from table '"
                + table.path()
                + "': its record could not be read for "
                + times.patience().toSeconds()
                + " s, and without it a delete may miss columns that other jobs fill. "
                + (lastProblem == null ? "No answer came." : lastProblem.getMessage())
                + " Check that topic '"
                + TopicNames.metadata(table.path().database())
                + "' can be read.",
            lastProblem);
      }
      wait(left);
    }
  }

  private void refresh() {
    long start = System.nanoTime();
    try {
      readOnce(start);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void readOnce(long start) {
    Optional<TableInfo> found = read.get();
    synchronized (this) {
      lastProblem = null;
      gone = found.isEmpty();
      found.map(TableInfo::columnSets).ifPresent(sets -> seen = next(sets, start));
      notifyAll();
    }
  }

  private Seen next(List<ColumnSet> sets, long start) {
    Seen last = seen;
    return last == null ? new Seen(sets, 0, start, start) : last.next(sets, start);
  }

  private synchronized void failed(RuntimeException e) {
    if (!closed && lastProblem == null) {
      LOG.warn("Could not read the record of table '{}'; trying again.", table.path(), e);
    }
    lastProblem = e;
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    try {
      connection.close();
    } catch (Exception e) {
      LOG.warn("Could not close the connection of table '{}'.", table.path(), e);
    }
  }
}
