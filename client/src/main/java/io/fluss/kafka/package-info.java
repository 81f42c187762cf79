/**
 * The connection to Kafka: what every producer, consumer and admin client of ours is built from.
 */
@ParametersAreNonnullByDefault
package io.fluss.kafka;

import javax.annotation.ParametersAreNonnullByDefault;
