/**
 * Kafka inside the test's own JVM: KRaft brokers, optionally several with racks, optionally with
 * SASL and an authorizer.
 *
 * <p>May import Kafka's server classes; nothing of the product. Read {@link
 * io.fluss.testkit.kafka.EmbeddedKafka} first, then {@link io.fluss.testkit.kafka.SharedKafka}.
 */
@ParametersAreNonnullByDefault
package io.fluss.testkit.kafka;

import javax.annotation.ParametersAreNonnullByDefault;
