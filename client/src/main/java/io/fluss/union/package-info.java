/**
 * Reading what a table has in its lake and in its log as one: the rows of a snapshot of the lake,
 * then the log from where the snapshot ends.
 *
 * <p>First class to read: {@link io.fluss.union.UnionPlan}, which says what is read of the lake and
 * where the log begins behind it. {@link io.fluss.union.LakeCursor} reads the lake, {@link
 * io.fluss.union.UnionedBucket} folds both sides of a bucket of a primary-key table.
 *
 * <p>May import {@code lake}, {@code read}, {@code merge}, {@code format}, {@code predicate},
 * {@code partition} and {@code table}; no Flink runtime types.
 */
@ParametersAreNonnullByDefault
package io.fluss.union;

import javax.annotation.ParametersAreNonnullByDefault;
