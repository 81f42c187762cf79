/**
 * Flink's sink for tables.
 *
 * <pre>
 *   FlussSinkFactory -> LogDynamicTableSink   -> LogTableSink   (at-least-once) | ExactlyOnceTableSink
 *                    -> KeyedDynamicTableSink -> KeyedTableSink (at-least-once) | ExactlyOnceTableSink
 *
 *   row -> BucketShuffle (where the table has a bucket key) -> a writer -> RowsToLog
 *       -> io.fluss.write (rows of log tables into batches) | io.fluss.upsert (rows into records)
 * </pre>
 *
 * <p>First classes to read: {@link io.fluss.sink.LogTableSink} and {@link
 * io.fluss.sink.KeyedTableSink}. This package joins Flink's runtime (mailbox, timers, checkpoints,
 * metrics) to those two, which do the work.
 */
@ParametersAreNonnullByDefault
package io.fluss.sink;

import javax.annotation.ParametersAreNonnullByDefault;
