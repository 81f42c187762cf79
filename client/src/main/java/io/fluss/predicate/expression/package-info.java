/**
 * From the expressions that Flink's planner pushes into a scan to conditions on rows.
 *
 * <p>A translated condition means exactly what Flink computes for the expression, or is left out:
 * where Flink rounds, pads or parses before it compares, nothing is guessed.
 *
 * <p>Imports {@code io.fluss.predicate} and Flink's expressions. First class to read: {@link
 * io.fluss.predicate.expression.FilterTranslation}.
 */
@ParametersAreNonnullByDefault
package io.fluss.predicate.expression;

import javax.annotation.ParametersAreNonnullByDefault;
