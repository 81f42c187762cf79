package io.fluss.lookup;

/**
 * How far the rows that lookups find are behind the log.
 *
 * @param lagRecords records known to be in the log and not in the rows, over all buckets that were
 *     asked for
 * @param millisSinceCaughtUp time since a moment whose whole log is in the rows; brokers are asked
 *     every two seconds, so up to about two seconds are no lag
 */
public record LookupFreshness(long lagRecords, long millisSinceCaughtUp) {}
