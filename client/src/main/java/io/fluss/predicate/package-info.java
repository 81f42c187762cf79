/**
 * Conditions on rows, as data: SQL's comparisons of a column with constants, combined by AND, OR
 * and NOT in its three-valued logic.
 *
 * <p>A condition is asked in two ways: of a row ({@code evaluate}), and of rows of which only the
 * range of each column is known ({@code mayMatch}), which is how parts of a table are left out of a
 * read. Both follow what Flink computes, so that nothing is left out that Flink would keep.
 *
 * <p>Imports Flink's row and type model only. First class to read: {@link
 * io.fluss.predicate.Predicate}.
 */
@ParametersAreNonnullByDefault
package io.fluss.predicate;

import javax.annotation.ParametersAreNonnullByDefault;
