/**
 * The FLIP-27 source over the logs of tables and their lakes; {@link io.fluss.source.LogSource}
 * wires its parts.
 *
 * <p>Who reads what: {@code enumerator}. Records to rows: {@code reader}. What they hand over:
 * {@code split}. Records to changes, with state: {@code fold}. SQL's way in: {@code table}. They
 * depend on one another in the order {@code table -> {source, fold} -> {enumerator, reader} ->
 * split}.
 */
@ParametersAreNonnullByDefault
package io.fluss.source;

import javax.annotation.ParametersAreNonnullByDefault;
