/**
 * What the metadata of a database keeps of the lake of its tables: how far a table is tiered, who
 * tiers it now, and why it is not tiered.
 *
 * <pre>
 *   lake/&lt;t&gt;    LakeState: newest snapshot with its offsets, or why there is none
 *   lease/&lt;t&gt;   TieringLease: the job that tiers the table, fenced by an epoch
 * </pre>
 *
 * <p>Both follow from the lake and are never needed for correctness: what a lake has of the log is
 * said by the lake alone, see {@link io.fluss.lake.LakeCommitter}. First class to read: {@link
 * io.fluss.lake.state.LakeRegistry}. May import {@code lake}, {@code metadata}, {@code table} and
 * {@code options}.
 */
@ParametersAreNonnullByDefault
package io.fluss.lake.state;

import javax.annotation.ParametersAreNonnullByDefault;
