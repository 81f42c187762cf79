/**
 * The DataStream API's way to read tables: {@link io.fluss.source.FlussSource} and its builder.
 *
 * <p>Below it, who reads what: {@code enumerator}. Records to rows: {@code reader}. What they hand
 * over: {@code split}. All three wired: {@code scan}. Records to changes, with state: {@code fold}.
 * SQL's way in: {@code table}. Rows to values: {@code deserializer}. They depend on one another in
 * the order {@code source -> table -> {scan, fold} -> {enumerator, reader} -> split}.
 */
@ParametersAreNonnullByDefault
package io.fluss.source;

import javax.annotation.ParametersAreNonnullByDefault;
