package io.fluss.predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a condition weaker until it is about some columns only.
 *
 * <p>AND and OR never become false where an operand becomes true. So an operand about other columns
 * may be taken as TRUE: an AND does without it, an OR as a whole says nothing more. Below NOT and
 * IS that does not hold, so these stay as they are or go as a whole.
 */
final class Restriction {

  private Restriction() {}

  static Optional<Predicate> of(Predicate predicate, int[] columns) {
    return weakened(predicate, columns)
        .filter(weaker -> !weaker.equals(Predicate.constant(Truth.TRUE)));
  }

  private static Optional<Predicate> weakened(Predicate predicate, int[] columns) {
    if (predicate instanceof And and) {
      List<Predicate> kept =
          and.operands().stream().flatMap(o -> weakened(o, columns).stream()).toList();
      return kept.isEmpty() ? Optional.empty() : Optional.of(Predicate.and(kept));
    }
    if (predicate instanceof Or or) {
      List<Predicate> all = new ArrayList<>();
      for (Predicate operand : or.operands()) {
        Optional<Predicate> weaker = weakened(operand, columns);
        if (weaker.isEmpty()) {
          return Optional.empty();
        }
        all.add(weaker.get());
      }
      return Optional.of(Predicate.or(all));
    }
    return predicate.isAboutOnly(columns) ? Optional.of(predicate) : Optional.empty();
  }

  /** Where columns are in rows that have these columns only. */
  static Positions positionsIn(int[] columns) {
    return position ->
        IntStream.range(0, columns.length)
            .filter(i -> columns[i] == position)
            .findFirst()
            .orElseThrow();
  }
}
