/**
 * Readers: from ranges of logs to files of a lake.
 *
 * <pre>
 *   RangeSplit -> TieringReader (Flink's thread) -> RangeWorker (its own) -> RangeTask
 *     log table:          BucketReader -> LogRecordDecoder -> LakeAppender
 *     primary-key table:  BucketReader -> NetChanges -> BucketFold -> LakeUpserter
 *   -> RangeDone, RangeFailed
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.tiering.reader.TieringReader}.
 */
@ParametersAreNonnullByDefault
package io.fluss.tiering.reader;

import javax.annotation.ParametersAreNonnullByDefault;
