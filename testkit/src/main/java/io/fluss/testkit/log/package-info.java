/**
 * Tables on an embedded Kafka, written record by record without a catalog or a sink, for tests of
 * whatever reads them. Start with {@link io.fluss.testkit.log.LogTableFixture} and {@link
 * io.fluss.testkit.log.KeyedTableFixture}.
 */
@ParametersAreNonnullByDefault
package io.fluss.testkit.log;

import javax.annotation.ParametersAreNonnullByDefault;
