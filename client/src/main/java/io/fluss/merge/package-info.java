/** The fold of primary-key tables: what a key's row is after a sequence of records. */
@ParametersAreNonnullByDefault
package io.fluss.merge;

import javax.annotation.ParametersAreNonnullByDefault;
