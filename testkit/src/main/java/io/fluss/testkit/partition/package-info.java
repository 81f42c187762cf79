/** Partitioned tables of either kind. Uses the formats and the admin client, and no writer. */
@ParametersAreNonnullByDefault
package io.fluss.testkit.partition;

import javax.annotation.ParametersAreNonnullByDefault;
