/**
 * What the enumerator hands to readers, and what they send back. None of it is ever stored: the job
 * keeps no state. Start with {@link io.fluss.tiering.split.RangeSplit}.
 */
@ParametersAreNonnullByDefault
package io.fluss.tiering.split;

import javax.annotation.ParametersAreNonnullByDefault;
