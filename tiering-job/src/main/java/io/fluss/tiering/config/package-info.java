/**
 * What a tiering job is told: where Kafka and the lake are, and how to go about it. Start with
 * {@link io.fluss.tiering.config.TieringConfig}.
 */
@ParametersAreNonnullByDefault
package io.fluss.tiering.config;

import javax.annotation.ParametersAreNonnullByDefault;
