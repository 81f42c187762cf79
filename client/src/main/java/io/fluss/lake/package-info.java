/**
 * Lakes: what a table format must do to keep the history of our tables, and what a commit to it
 * says of the log.
 *
 * <p>First class to read: {@link io.fluss.lake.LakeFormat}, which a format implements and {@link
 * java.util.ServiceLoader} finds. A round of tiering goes through it like this:
 *
 * <pre>
 *   LakeStorage.latestSnapshot    -> LakeOffsets: what of the log the lake has
 *   LakeStorage.appender/upserter -> LakeWriter: a range of one bucket, closed into bytes
 *   LakeStorage.committer         -> LakeCommitter: all of them in one snapshot with new LakeOffsets
 * </pre>
 *
 * <p>and a read like this:
 *
 * <pre>
 *   LakeStorage.latestSnapshot -> LakeSnapshot
 *   LakeStorage.plan           -> LakeSplit ... LakeStorage.reader -> LakeReader: batches of rows
 * </pre>
 *
 * <p>It speaks of tables, Flink's rows, batches and offsets, never of a format's types. May import
 * {@code table}, {@code partition}, {@code predicate}, {@code read} and {@code options}.
 */
@ParametersAreNonnullByDefault
package io.fluss.lake;

import javax.annotation.ParametersAreNonnullByDefault;
