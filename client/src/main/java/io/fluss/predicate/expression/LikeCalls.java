package io.fluss.predicate.expression;

import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Predicate;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** LIKE with a constant pattern. */
final class LikeCalls {

  private LikeCalls() {}

  /**
   * @param arguments the pattern, and the escape where there is one
   */
  static Optional<Predicate> like(ColumnRef column, List<ResolvedExpression> arguments) {
    if (!column.type().is(LogicalTypeFamily.CHARACTER_STRING)) {
      return Optional.empty();
    }
    Optional<String> pattern = text(arguments.get(0)).filter(p -> !p.isEmpty());
    if (arguments.size() == 1) {
      return pattern.map(p -> Predicate.like(column, p));
    }
    Optional<String> escape =
        text(arguments.get(1)).filter(e -> e.length() == 1 && !e.equals("%") && !e.equals("_"));
    return pattern.flatMap(p -> escape.flatMap(e -> like(column, p, e.charAt(0))));
  }

  private static Optional<Predicate> like(ColumnRef column, String pattern, char escape) {
    try {
      return Optional.of(Predicate.like(column, pattern, escape));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Flink fails the query, and should say so itself
    }
  }

  /** A text that has one meaning: backslashes and what Java's source escapes, Flink reads twice. */
  private static Optional<String> text(ResolvedExpression expression) {
    return expression instanceof ValueLiteralExpression literal
        ? literal
            .getValueAs(String.class)
            .filter(t -> t.chars().allMatch(c -> c >= ' ' && c != '\\' && c != '"'))
        : Optional.empty();
  }
}
