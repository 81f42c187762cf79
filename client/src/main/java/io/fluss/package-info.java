/** Fluss on Kafka: what all packages share. */
@ParametersAreNonnullByDefault
package io.fluss;

import javax.annotation.ParametersAreNonnullByDefault;
