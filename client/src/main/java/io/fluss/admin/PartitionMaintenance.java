package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.AutoPartitioning;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.table.TableInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the partitions of a table as its {@code table.auto-partition.*} options want them: creates
 * them ahead of time and drops those that are too old. Whoever works with a table for long runs
 * one; any number may run at once, see {@code docs/decisions/0008-auto-partitions.md}.
 *
 * <p>Never throws and never fails whoever runs it: what it could not do is logged and tried again.
 * Lack of rights is logged once. When the table is gone it has nothing to do any more.
 *
 * <p>{@link #start} runs it on a thread and a connection of its own, which {@link #close} ends.
 * {@link #runOnce} is for those who have a timer. Thread-safe.
 */
public final class PartitionMaintenance implements AutoCloseable {

  /** How often it looks. */
  public static final Duration INTERVAL = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(PartitionMaintenance.class);

  private final TableInfo table;
  private final Function<Instant, PartitionChanges> maintain;
  private final Clock clock;
  private final AutoCloseable connection;
  @Nullable private ScheduledExecutorService thread;

  private volatile boolean over;
  private boolean warnedOfRights;

  /**
   * @param table the whole table
   * @param maintain brings the partitions to where they should be at a time
   * @param connection closed with this
   */
  PartitionMaintenance(
      TableInfo table,
      Function<Instant, PartitionChanges> maintain,
      Clock clock,
      AutoCloseable connection) {
    this.table = table;
    this.maintain = maintain;
    this.clock = clock;
    this.connection = connection;
    this.over = AutoPartitioning.of(table).isEmpty();
  }

  /**
   * Maintains the partitions now and every {@link #INTERVAL}, on a daemon thread. For other tables
   * than those with auto partitions it has neither thread nor connection.
   *
   * @return close it to end that
   */
  public static PartitionMaintenance start(TableInfo table, ClientConfig client) {
    if (AutoPartitioning.of(table).isEmpty()) {
      return new PartitionMaintenance(
          table, now -> PartitionChanges.NONE, Clock.systemUTC(), () -> {});
    }
    TableAdmin admin = TableAdmin.connect(client);
    PartitionMaintenance maintenance =
        new PartitionMaintenance(
            table, now -> admin.maintainPartitions(table, now), Clock.systemUTC(), admin);
    maintenance.schedule(INTERVAL);
    return maintenance;
  }

  /**
   * Run by its owner's timer, by way of a connection that stays with the caller.
   *
   * @param clock tells which partitions should be there
   */
  public static PartitionMaintenance of(TableInfo table, TableAdmin admin, Clock clock) {
    return new PartitionMaintenance(
        table, now -> admin.maintainPartitions(table, now), clock, () -> {});
  }

  private synchronized void schedule(Duration interval) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "fluss-auto-partitions " + table.topic());
              daemon.setDaemon(true);
              return daemon;
            });
    executor.scheduleWithFixedDelay(this::runOnce, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    thread = executor;
  }

  /** Creates and drops what the time asks for; blocks for a few requests. */
  public void runOnce() {
    if (over) {
      return;
    }
    try {
      PartitionChanges changes = maintain.apply(clock.instant());
      log("created", changes.created());
      log("dropped", changes.dropped());
    } catch (TableNotFoundException e) {
      over = true;
      LOG.info("Table '{}' is gone; its partitions are not maintained any more.", table.path());
    } catch (InterruptException e) {
      over = true;
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void log(String change, List<Partition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    PartitionKeys keys = PartitionKeys.of(table);
    for (Partition partition : partitions) {
      LOG.info(
          "Auto partitioning {} partition {} of table '{}'.",
          change,
          keys.show(partition.name()),
          table.path());
    }
  }

  private void failed(RuntimeException e) {
    if (over) {
      return; // closed meanwhile
    }
    if (!lacksRights(e)) {
      LOG.warn(
          "Could not maintain the partitions of table '{}'; trying again in {} minutes.",
          table.path(),
          INTERVAL.toMinutes(),
          e);
    } else if (firstLackOfRights()) {
      LOG.warn(
          "Partitions of table '{}' are not created ahead of time, or not dropped when they are too"
              + " old, by this job: {} A job with the rights of DDL on the table has to do it, or"
              + " somebody by ALTER TABLE.",
          table.path(),
          e.getMessage());
    }
  }

  private synchronized boolean firstLackOfRights() {
    boolean first = !warnedOfRights;
    warnedOfRights = true;
    return first;
  }

  private static boolean lacksRights(RuntimeException e) {
    return e instanceof AuthorizationException
        || e instanceof FlussException && e.getCause() instanceof AuthorizationException;
  }

  /** Ends it; a request on its way is given up. */
  @Override
  public synchronized void close() {
    over = true;
    if (thread != null) {
      thread.shutdownNow();
    }
    try {
      connection.close();
    } catch (Exception e) {
      LOG.warn("Could not close the connection of table '{}'.", table.path(), e);
    }
  }
}
