package io.fluss.merge;

import io.fluss.options.MergeEngine;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.topic.TombstoneRetention;
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
   * The horizon of one bucket of a primary-key table. Where the table's topic is not compacted,
   * because its merge engine needs every record, {@link #check} never throws.
   *
   * @param safeTimeMillis from the reader's state; the wall clock before its first fetch where it
   *     begins at the start of the log
   */
  public static TombstoneHorizon of(TableInfo table, long safeTimeMillis) {
    return table.mergeEngine() == MergeEngine.LAST_ROW
        ? ofCompacted(table.path(), TombstoneRetention.of(table), safeTimeMillis)
        : new TombstoneHorizon(table.path(), Long.MAX_VALUE, safeTimeMillis);
  }

  /** For a topic that is compacted, with the retention that it has now. */
  public static TombstoneHorizon ofCompacted(
      TablePath table, Duration deleteRetention, long safeTimeMillis) {
    return new TombstoneHorizon(table, deleteRetention.toMillis(), safeTimeMillis);
  }

  /** The time to store in the reader's state, epoch milliseconds. */
  public long safeTimeMillis() {
    return safeTimeMillis;
  }

  /**
   * A record was read, in log order, with this timestamp of the broker. {@link #check} comes first:
   * the timestamp of a record hides for how long the reader was away before it.
   */
  public void recordRead(long timestampMillis) {
    safeTimeMillis = Math.max(safeTimeMillis, timestampMillis);
  }

  /** At this time the reader had read all records of the bucket. */
  public void caughtUp(long nowMillis) {
    safeTimeMillis = Math.max(safeTimeMillis, nowMillis);
  }

  /**
   * To be called after records were fetched, before any of them is given to {@link #recordRead}.
   *
   * @param nowMillis a time after the fetch
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
