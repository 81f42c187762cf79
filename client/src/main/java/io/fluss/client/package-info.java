/**
 * The Java client. Start with {@link io.fluss.client.ConnectionFactory}; {@code
 * docs/java-client.md} has examples.
 *
 * <p>What users may rely on is marked {@code Public} or {@code PublicEvolving}, as in Flink; what
 * is marked {@code Internal}, or not at all, may change at any time.
 */
@ParametersAreNonnullByDefault
package io.fluss.client;

import javax.annotation.ParametersAreNonnullByDefault;
