package io.fluss.merge;

import io.fluss.table.TablePath;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a reader of a compacted bucket may stay away before deletes can have gone unseen.
 *
 * <p>Kafka removes a tombstone once {@code delete.retention.ms} have passed since the first
 * cleaning that met it. A reader that has taken a row, and comes past the place of its tombstone
 * after that, would keep the row for good. It must rather refuse.
 *
 * <p>The argument: let the <b>safe time</b> S be such that every tombstone which the reader still
 * needs is first cleaned after S; then all of them are there until S + {@code delete.retention.ms}.
 * A tombstone is needed for a row that the reader has read.
 *
 * <ul>
 *   <li>Read from the start of the log at time t: S = t. The cleaning that first meets a tombstone
 *       also removes the rows it ends; the reader found such a row, so that cleaning came later.
 *   <li>A record with the broker's timestamp t was read: S = t, if that is later. The log is read
 *       in order, so what is still to be read was appended, and therefore cleaned, after t.
 *   <li>Caught up with the end of the log at time t: S = t, for the same reason.
 * </ul>
 *
 * <p>S goes into the reader's state, so that a query resumed late knows it. One thread.
 */
public final class TombstoneHorizon {

  private final TablePath table;
  private final long deleteRetentionMillis;
  private long safeTimeMillis;

  private TombstoneHorizon(TablePath table, long deleteRetentionMillis, long safeTimeMillis) {
    if (deleteRetentionMillis < 0) {
      throw new IllegalArgumentException(
          "delete.retention.ms cannot be negative, got " + deleteRetentionMillis + ".");
    }
    this.table = table;
    this.deleteRetentionMillis = deleteRetentionMillis;
    this.safeTimeMillis = safeTimeMillis;
  }

  /**
   * For a topic that is compacted.
   *
   * @param safeTimeMillis from the reader's state; the wall clock where it begins at the start of
   *     the log
   */
  public static TombstoneHorizon ofCompacted(
      TablePath table, Duration deleteRetention, long safeTimeMillis) {
    return new TombstoneHorizon(table, deleteRetention.toMillis(), safeTimeMillis);
  }

  /** For a topic that keeps every record: {@link #check} never throws. */
  public static TombstoneHorizon ofUncompacted(TablePath table, long safeTimeMillis) {
    return new TombstoneHorizon(table, Long.MAX_VALUE, safeTimeMillis);
  }

  /** The time to store in the reader's state, epoch milliseconds. */
  public long safeTimeMillis() {
    return safeTimeMillis;
  }

  /** A record was read, in log order, with this timestamp of the broker. */
  public void recordRead(long timestampMillis) {
    safeTimeMillis = Math.max(safeTimeMillis, timestampMillis);
  }

  /** At this time the reader had read all records of the bucket. */
  public void caughtUp(long nowMillis) {
    safeTimeMillis = Math.max(safeTimeMillis, nowMillis);
  }

  /**
   * To be called with what was read before it is used.
   *
   * @throws TombstonesGoneException where deletes may be missing from what is read now
   */
  public void check(long nowMillis) {
    // Written as a difference: the sum would overflow for topics that keep tombstones for good.
    if (nowMillis - safeTimeMillis > deleteRetentionMillis) {
      throw new TombstonesGoneException(
          table,
          Instant.ofEpochMilli(safeTimeMillis),
          Instant.ofEpochMilli(nowMillis),
          Duration.ofMillis(deleteRetentionMillis));
    }
  }
}
