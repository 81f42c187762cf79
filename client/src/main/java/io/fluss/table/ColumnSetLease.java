package io.fluss.table;

import java.time.Duration;

/**
 * How writers of a primary-key table come to agree on its column sets without talking to one
 * another, so that a delete reaches every set that has a record; the argument is in {@code
 * docs/decisions/0005-column-sets.md}.
 *
 * <ul>
 *   <li>A writer reads the table's record anew every {@link #REFRESH}, and writes nothing while
 *       what it read is older than {@link #LEASE}, counted from before the reading.
 *   <li>Nobody writes a record of a column set before all who do not know it have stopped: see
 *       {@link #waitBeforeFirstWrite}.
 * </ul>
 */
public final class ColumnSetLease {

  /** How often a writer reads the table's record. */
  public static final Duration REFRESH = Duration.ofSeconds(2);

  /** How long a writer may rely on what it read. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  /** By how much clocks of clients may differ, with the time that a registration may take. */
  static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(2);

  private ColumnSetLease() {}

  /**
   * How long a writer has to wait from now before it may write its first record of this set: a
   * lease, unless the set was registered so long ago that the lease is over on every clock.
   *
   * <p>A set that was found, rather than registered by this writer, may be as young: whoever
   * registered it may have ended at once.
   *
   * @param nowMillis wall clock of the writer, epoch milliseconds
   */
  public static Duration waitBeforeFirstWrite(ColumnSet set, long nowMillis) {
    long overForAll = set.registeredAtMillis() + LEASE.toMillis() + CLOCK_DIFFERENCE.toMillis();
    return nowMillis >= overForAll ? Duration.ZERO : LEASE;
  }
}
