/** The options of tables and of the client. */
@ParametersAreNonnullByDefault
package io.fluss.options;

import javax.annotation.ParametersAreNonnullByDefault;
