/** Primary-key tables for tests, whose records a test writes as it likes. */
@ParametersAreNonnullByDefault
package io.fluss.testkit.keyed;

import javax.annotation.ParametersAreNonnullByDefault;
