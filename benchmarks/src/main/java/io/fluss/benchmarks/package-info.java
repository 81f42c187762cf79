/**
 * Measurements: JMH micro benchmarks of the codec and end-to-end workloads beside their
 * alternatives. Each result is one JSON line; {@link io.fluss.benchmarks.BenchMain} is where to
 * start.
 */
@ParametersAreNonnullByDefault
package io.fluss.benchmarks;

import javax.annotation.ParametersAreNonnullByDefault;
