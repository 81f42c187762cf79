/**
 * Flink's sink for tables.
 *
 * <pre>
 *   FlussSinkFactory -> LogDynamicTableSink -> LogTableSink (at-least-once) | ExactlyOnceTableSink
 *   row -> BucketShuffle (where the table has a bucket key) -> LogTableWriter -> io.fluss.write
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.sink.LogTableSink}. This package joins Flink's runtime
 * (mailbox, timers, checkpoints, metrics) to {@code io.fluss.write}, which does the work.
 */
@ParametersAreNonnullByDefault
package io.fluss.sink;

import javax.annotation.ParametersAreNonnullByDefault;
