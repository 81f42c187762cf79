/** A table in a program's hands: {@link io.fluss.client.table.Table}. */
@ParametersAreNonnullByDefault
package io.fluss.client.table;

import javax.annotation.ParametersAreNonnullByDefault;
