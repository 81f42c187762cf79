/**
 * Records of primary-key tables as rows: which columns of a schema are in the key, which in the
 * value, and both together as one row.
 *
 * <p>Imports {@code io.fluss.format.key}, {@code io.fluss.format.row} and {@code io.fluss.table},
 * and Flink's row and type model. Start at {@link io.fluss.format.keyed.KeyedSchema}.
 */
@ParametersAreNonnullByDefault
package io.fluss.format.keyed;

import javax.annotation.ParametersAreNonnullByDefault;
