/**
 * The way of a row into the log, for any caller: a Flink sink or a plain Java program.
 *
 * <pre>
 *   row -> BucketRouter (which bucket) -> LogBatchGatherer (one open Arrow batch per bucket)
 *       -> SealedBatch (one Kafka record) -> BatchSender -> topic
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.write.LogBatchGatherer}. One thread writes; only {@link
 * io.fluss.write.BatchSender}s know of others. Imports the codecs in {@code format}, {@code table},
 * {@code options} and {@code kafka}; no Flink runtime types.
 */
@ParametersAreNonnullByDefault
package io.fluss.write;

import javax.annotation.ParametersAreNonnullByDefault;
