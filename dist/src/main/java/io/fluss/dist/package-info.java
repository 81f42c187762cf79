/**
 * The program behind {@code bin/fluss}: it finds the command and ends with its exit code.
 *
 * <p>May import everything below it. Read {@link io.fluss.dist.Launcher}.
 */
@ParametersAreNonnullByDefault
package io.fluss.dist;

import javax.annotation.ParametersAreNonnullByDefault;
