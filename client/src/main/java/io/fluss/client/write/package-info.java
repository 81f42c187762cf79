/**
 * Writing rows: {@link io.fluss.client.write.Append} for log tables, {@link
 * io.fluss.client.write.Upsert} for primary-key tables, and the writers that they make.
 *
 * <p>A thin face over {@code io.fluss.write} and {@code io.fluss.upsert}: it adds a lock, futures
 * and the alarm clock that a Flink task has by itself.
 */
@ParametersAreNonnullByDefault
package io.fluss.client.write;

import javax.annotation.ParametersAreNonnullByDefault;
