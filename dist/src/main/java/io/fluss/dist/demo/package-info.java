/** {@code bin/fluss demo}: the main journey on real data, told step by step. */
@ParametersAreNonnullByDefault
package io.fluss.dist.demo;

import javax.annotation.ParametersAreNonnullByDefault;
