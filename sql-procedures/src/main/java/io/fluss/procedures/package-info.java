/** The procedures of {@code CALL sys.x(...)}, one class each, found by the catalog. */
@ParametersAreNonnullByDefault
package io.fluss.procedures;

import javax.annotation.ParametersAreNonnullByDefault;
