package io.fluss.tiering.enumerator;

import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.LakeTable;
import io.fluss.lake.state.TieringProblem;
import io.fluss.tiering.config.TieringConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tables that are due, in all databases that the job may see. Thread-safe, for one search
 * at a time.
 */
final class TableScout {

  private static final Logger LOG = LoggerFactory.getLogger(TableScout.class);

  private final Connections connections;
  private final TieringConfig config;
  private final Clock clock;

  /** By table, until when there is nothing to do for it; epoch milliseconds. */
  private final Map<UUID, Long> restsUntil = new ConcurrentHashMap<>();

  /** Tables whose last round was cut. */
  private final Set<UUID> unfinished = ConcurrentHashMap.newKeySet();

  /** Databases that could not be read, as was said already. */
  private final Set<String> unreadable = new HashSet<>();

  /** Tables whose records could not be read, as was said already. */
  private final Set<UUID> unreadableTables = new HashSet<>();

  TableScout(Connections connections, TieringConfig config, Clock clock) {
    this.connections = connections;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Tables that are due, the most overdue first.
   *
   * @param busy ids of tables that are not wanted
   */
  List<LakeTable> due(Set<UUID> busy) {
    long now = clock.millis();
    List<LakeTable> due = new ArrayList<>();
    for (String database : connections.tables().listDatabases()) {
      try {
        connections.tables().lakes().tables(database, config.format()).stream()
            .filter(t -> isReadable(t) && !busy.contains(t.table().id()) && isDue(t, now))
            .forEach(due::add);
        unreadable.remove(database);
      } catch (RuntimeException e) {
        if (unreadable.add(database)) {
          LOG.warn("Database '{}' cannot be read, so none of its tables is tiered.", database, e);
        }
      }
    }
    due.sort(Comparator.comparingLong(this::dueAtMillis));
    return due;
  }

  private boolean isReadable(LakeTable table) {
    if (table.unreadable().isEmpty()) {
      unreadableTables.remove(table.table().id());
      return true;
    }
    if (unreadableTables.add(table.table().id())) {
      LOG.warn(
          "Table '{}' is not tiered: {}",
          table.table().path(),
          table.unreadable().get().getMessage());
    }
    return false;
  }

  private boolean isDue(LakeTable table, long now) {
    return table.lease().filter(l -> l.isHeldAt(now)).isEmpty()
        && table.state().flatMap(LakeState::problem).filter(p -> waits(p, now)).isEmpty()
        && dueAtMillis(table) <= now;
  }

  private static boolean waits(TieringProblem problem, long now) {
    return problem instanceof TieringProblem.Parked
        || problem instanceof TieringProblem.Failing failing && failing.retryAtMillis() > now;
  }

  /** A table that nobody has tiered is due since it was created. */
  private long dueAtMillis(LakeTable table) {
    if (unfinished.contains(table.table().id())) {
      return table.state().map(LakeState::completeAtMillis).orElse(0L);
    }
    long recorded =
        table
            .state()
            .filter(s -> s.snapshot().isPresent() && !s.gapAccepted())
            .map(s -> s.completeAtMillis() + LakeTable.freshnessOf(table.table()).toMillis())
            .orElse(table.table().createdAtMillis());
    return Math.max(recorded, restsUntil.getOrDefault(table.table().id(), 0L));
  }

  /**
   * There is nothing to do for a table before its freshness has passed again. It comes behind those
   * that are due by then: tables without news never keep others waiting.
   */
  void rest(LakeTable table) {
    unfinished.remove(table.table().id());
    restsUntil.put(
        table.table().id(), clock.millis() + LakeTable.freshnessOf(table.table()).toMillis());
  }

  /** A round of a table was cut: there is more to do at once. */
  void cut(UUID table) {
    unfinished.add(table);
  }

  /** A round of a table went to the ends of the log. */
  void uncut(UUID table) {
    unfinished.remove(table);
  }
}
