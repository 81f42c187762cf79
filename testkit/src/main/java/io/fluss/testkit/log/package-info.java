/**
 * Log tables on an embedded Kafka, written batch by batch without a catalog or a sink, for tests of
 * whatever reads them. Start with {@link io.fluss.testkit.log.LogTableFixture}.
 */
@ParametersAreNonnullByDefault
package io.fluss.testkit.log;

import javax.annotation.ParametersAreNonnullByDefault;
