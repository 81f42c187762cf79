/**
 * Who reads what. {@link io.fluss.source.enumerator.LogSplitEnumerator} asks three questions: what
 * exists ({@link io.fluss.source.enumerator.SplitDiscovery}, with {@code StartingOffsets} and
 * {@code StoppingOffsets}), and who reads it ({@link io.fluss.source.enumerator.SplitAssigner}).
 */
@ParametersAreNonnullByDefault
package io.fluss.source.enumerator;

import javax.annotation.ParametersAreNonnullByDefault;
