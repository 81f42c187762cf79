/**
 * From a Kafka record of a table's log to rows: what to read, where to begin and end, which
 * columns.
 *
 * <p>May import {@code table}, {@code topic}, {@code partition}, {@code format}, {@code merge},
 * {@code predicate}, {@code kafka} and Kafka's clients; no Flink runtime types, so that a plain
 * Java client reads by the same road. Start with {@link io.fluss.read.LogScan}, then follow a
 * record through {@link io.fluss.read.RecordDecoder}.
 */
@ParametersAreNonnullByDefault
package io.fluss.read;

import javax.annotation.ParametersAreNonnullByDefault;
