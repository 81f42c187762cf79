/**
 * Numbers, bits, decimals and growing arrays: what the formats over {@code byte[]} share.
 *
 * <p>Imports nothing of ours but {@code io.fluss.format}. Start at {@link
 * io.fluss.format.bytes.ByteScratch}.
 */
@ParametersAreNonnullByDefault
package io.fluss.format.bytes;

import javax.annotation.ParametersAreNonnullByDefault;
