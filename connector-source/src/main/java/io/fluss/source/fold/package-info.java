/**
 * From the records of a primary-key table to changes of its rows, with keyed state: for tables
 * whose records are not rows by themselves, and for the history of any table.
 *
 * <p>Imports {@code io.fluss.source.reader} for the metadata of records, and what the client knows
 * of records and merging. Start with {@link io.fluss.source.fold.KeyedFold}.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.fold;

import javax.annotation.ParametersAreNonnullByDefault;
