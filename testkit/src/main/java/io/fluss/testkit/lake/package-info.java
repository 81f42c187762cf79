/**
 * Lakes for tests: one in memory, {@link io.fluss.testkit.lake.MemoryLakeFormat}, for the tests of
 * what uses lakes.
 */
@ParametersAreNonnullByDefault
package io.fluss.testkit.lake;

import javax.annotation.ParametersAreNonnullByDefault;
