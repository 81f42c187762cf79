/**
 * Finding rows of a primary-key table by key. Start with {@link io.fluss.client.lookup.Lookup}.
 *
 * <p>A thin face over {@code io.fluss.lookup}, which keeps the rows of the buckets that are asked
 * for in this process.
 */
@ParametersAreNonnullByDefault
package io.fluss.client.lookup;

import javax.annotation.ParametersAreNonnullByDefault;
