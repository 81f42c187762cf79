/**
 * The tiering job: moves ranges of the logs of tables into snapshots of a lake. Stateless; any
 * number of jobs may run.
 *
 * <pre>
 *   enumerator:  claim -> plan ranges -> splits
 *   readers:     read log -> write files of the lake
 *   enumerator:  commit, only if the lake still has what the round began with -> offsets to metadata -> release
 * </pre>
 *
 * <p>First class to read: {@link io.fluss.tiering.TieringJob}; then {@code enumerator} and {@code
 * reader}.
 */
@ParametersAreNonnullByDefault
package io.fluss.tiering;

import javax.annotation.ParametersAreNonnullByDefault;
