/**
 * Table partitions: the values that name one, the topic that is one, and when one comes and goes by
 * the clock.
 *
 * <pre>
 *   row -> values of the partition keys -> PartitionName -> topic d.t.v1.v2
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.partition.PartitionKeys}. Pure functions, nothing here
 * talks to Kafka; {@code admin} does. May use {@code table}, {@code options} and {@code topic}. How
 * values become parts of topic names is specified in {@code docs/format/partitions.md}.
 */
@ParametersAreNonnullByDefault
package io.fluss.partition;

import javax.annotation.ParametersAreNonnullByDefault;
