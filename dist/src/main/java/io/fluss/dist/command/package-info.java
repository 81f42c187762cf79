/**
 * One class per command of {@code bin/fluss}; each reads its flags and wires parts together.
 *
 * <p>May import {@code io.fluss.dist.flink}, {@code io.fluss.dist.sql} and the test kit's Kafka.
 * Read {@link io.fluss.dist.command.Command}, then {@link io.fluss.dist.command.SqlCommand}.
 */
@ParametersAreNonnullByDefault
package io.fluss.dist.command;

import javax.annotation.ParametersAreNonnullByDefault;
