/**
 * Who reads what. An enumerator asks: what exists ({@link
 * io.fluss.source.enumerator.SplitDiscovery}, {@link
 * io.fluss.source.enumerator.PartitionDiscovery}), of which ranges ({@link
 * io.fluss.source.enumerator.SplitRanges}, with {@code StartingOffsets} and {@code
 * StoppingOffsets}), and who reads it ({@link io.fluss.source.enumerator.SplitAssigner}). What is
 * in a lake comes in by {@link io.fluss.source.enumerator.LakeDiscovery} and is joined to the log
 * by {@link io.fluss.source.enumerator.UnionSplits}. Start with {@link
 * io.fluss.source.enumerator.LogSplitEnumerator}, then see what {@link
 * io.fluss.source.enumerator.PartitionedSplitEnumerator} does beyond it.
 */
@ParametersAreNonnullByDefault
package io.fluss.source.enumerator;

import javax.annotation.ParametersAreNonnullByDefault;
