/**
 * The rows of a primary-key table by key, in this process: what lookup joins ask.
 *
 * <p>A {@link io.fluss.lookup.TableLookup} answers for one table. Behind it, one thread per table
 * and process ({@code BucketFollower}) reads the logs of the buckets that were asked for, folds
 * their records and keeps the states in a {@link io.fluss.lookup.LookupStore} per bucket: in
 * memory, and beyond a bound in RocksDB on local disk. Everything here is derived from the log and
 * may be deleted at any time.
 *
 * <p>May import {@code admin}, {@code read}, {@code merge}, {@code table}, {@code format}, {@code
 * kafka} and Kafka's clients; no Flink runtime types. Start with {@link
 * io.fluss.lookup.TableLookup}.
 */
@ParametersAreNonnullByDefault
package io.fluss.lookup;

import javax.annotation.ParametersAreNonnullByDefault;
