/**
 * The way of a row into the log, for any caller: a Flink sink or a plain Java program.
 *
 * <pre>
 *   row -> RowTopics (which topic) -> BucketRouter (which bucket of it)
 *       -> LogBatchGatherer (one open Arrow batch per bucket)
 *       -> SealedBatch (one Kafka record) -> BatchSender -> topic
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.write.LogBatchGatherer}. One thread writes; {@link
 * io.fluss.write.BatchSender}s and {@link io.fluss.write.RowTopics} know of others. Imports the
 * codecs in {@code format}, {@code table}, {@code partition}, {@code options} and {@code kafka}; no
 * Flink runtime types.
 */
@ParametersAreNonnullByDefault
package io.fluss.write;

import javax.annotation.ParametersAreNonnullByDefault;
