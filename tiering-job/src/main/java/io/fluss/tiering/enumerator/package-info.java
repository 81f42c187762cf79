/**
 * The one who says what is tiered: from tables that are due to commits.
 *
 * <pre>
 *   TableScout      which tables are due, the most overdue first
 *   RoundPlanner    claim, lake table, ranges from the lake's offsets to the ends of the log
 *   TieringEnumerator: splits to readers, results from them
 *   RoundCommitter  fenced commit, offsets to metadata, care of the lake, release
 * </pre>
 *
 * <p>The enumerator's own thread decides and never waits; all else runs on its {@link
 * io.fluss.tiering.enumerator.Workers}. First class to read: {@link
 * io.fluss.tiering.enumerator.TieringEnumerator}.
 */
@ParametersAreNonnullByDefault
package io.fluss.tiering.enumerator;

import javax.annotation.ParametersAreNonnullByDefault;
