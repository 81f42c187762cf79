/**
 * Lookup joins: which rows of a primary-key table a join's keys mean, and the functions that find
 * them in {@link io.fluss.lookup.TableLookup}.
 *
 * <p>Imports {@code io.fluss.lookup} and the formats of keys and rows; knows nothing of scans. A
 * table source starts at {@link io.fluss.source.lookup.LookupRuntime}; a row's way is {@link
 * io.fluss.source.lookup.KeyedLookup}.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.lookup;

import javax.annotation.ParametersAreNonnullByDefault;
