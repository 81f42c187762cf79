package io.fluss.upsert;

import io.fluss.table.ColumnSetLease;
import java.io.Serializable;
import java.time.Duration;

/**
 * The times of the rules in {@link ColumnSetLease}; tests use shorter ones.
 *
 * @param refresh how often a writer that deletes reads the table's record
 * @param lease how long it may rely on what it read
 * @param patience how long it waits for a newer reading before it fails
 */
public record LeaseTimes(Duration refresh, Duration lease, Duration patience)
    implements Serializable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  public LeaseTimes {
    if (refresh.isZero() || refresh.isNegative() || refresh.compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "A view is refreshed before its lease ends, got " + refresh + " and " + lease + ".");
    }
  }

  /** The times that all writers of a cluster have to agree on. */
  public static LeaseTimes standard() {
    return new LeaseTimes(ColumnSetLease.REFRESH, ColumnSetLease.LEASE, PATIENCE);
  }
}
