package io.fluss.tiering.enumerator;

import io.fluss.lake.state.BucketLag;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.LakeTable;
import io.fluss.table.TablePath;
import io.fluss.tiering.config.TieringConfig;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how far the lakes of all tables are behind their logs: also of those that fail, that are
 * parked, that wait, and that other jobs tier. Thread-safe.
 */
final class TableLags {

  private static final Logger LOG = LoggerFactory.getLogger(TableLags.class);

  private final Connections connections;
  private final TieringConfig config;
  private final Clock clock;

  TableLags(Connections connections, TieringConfig config, Clock clock) {
    this.connections = connections;
    this.config = config;
    this.clock = clock;
  }

  /**
   * How far one table is behind.
   *
   * @param offsets that the log has and the lake has not; empty where nobody can tell
   * @param completeAtMillis records that were appended before this time are in the lake, as far as
   *     is recorded; epoch milliseconds
   */
  record Lag(OptionalLong offsets, long completeAtMillis) {}

  /**
   * What was seen.
   *
   * @param unreadable databases of whose tables nothing is known
   */
  record Look(Map<TablePath, Lag> lags, Set<String> unreadable) {

    /** Whether a table is not tiered any more: it was dropped, or its lake disabled. */
    boolean lacks(TablePath table) {
      return !lags.containsKey(table) && !unreadable.contains(table.database());
    }
  }

  Look look() {
    Map<TablePath, Lag> lags = new HashMap<>();
    Set<String> unreadable = new HashSet<>();
    for (String database : connections.tables().listDatabases()) {
      try {
        connections
            .tables()
            .lakes()
            .tables(database, config.format())
            .forEach(table -> lags.put(table.table().path(), lag(table)));
      } catch (RuntimeException e) {
        LOG.debug("The lags of database '{}' cannot be told.", database, e);
        unreadable.add(database);
      }
    }
    return new Look(lags, unreadable);
  }

  private Lag lag(LakeTable table) {
    // What is appended while the log is looked at is not complete by then.
    long now = clock.millis();
    long recorded =
        table.state().map(LakeState::completeAtMillis).orElse(table.table().createdAtMillis());
    try {
      long offsets =
          connections.tables().lakeLag(table.table()).buckets().stream()
              .mapToLong(BucketLag::pending)
              .sum();
      boolean hasProblem = table.state().flatMap(LakeState::problem).isPresent();
      return new Lag(OptionalLong.of(offsets), offsets == 0 && !hasProblem ? now : recorded);
    } catch (RuntimeException e) {
      LOG.debug("The lag of table '{}' cannot be told.", table.table().path(), e);
      return new Lag(OptionalLong.empty(), recorded);
    }
  }
}
