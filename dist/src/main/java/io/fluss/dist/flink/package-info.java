/**
 * Flink inside the launcher's JVM.
 *
 * <p>May import Flink only. Read {@link io.fluss.dist.flink.EmbeddedFlink}.
 */
@ParametersAreNonnullByDefault
package io.fluss.dist.flink;

import javax.annotation.ParametersAreNonnullByDefault;
