/** Splits: what one reader reads, and how far it has come. Start with TableSplit. */
@ParametersAreNonnullByDefault
package io.fluss.source.split;

import javax.annotation.ParametersAreNonnullByDefault;
