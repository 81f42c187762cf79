package io.fluss.predicate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;

/** TRUE where one of its operands is. */
record Or(List<Predicate> operands) implements Predicate {

  Or {
    operands = List.copyOf(operands);
  }

  /** Equalities of one column become one IN: what was written as that may come in parts. */
  static Predicate of(List<Predicate> operands) {
    List<Predicate> merged = new ArrayList<>();
    Map<ColumnRef, Integer> equalities = new HashMap<>();
    operands.stream()
        .flatMap(o -> o instanceof Or or ? or.operands.stream() : Stream.of(o))
        .filter(o -> !o.equals(new Constant(Truth.FALSE)))
        .forEach(
            operand -> {
              Optional<In> equality = asIn(operand);
              Integer earlier = equality.map(In::column).map(equalities::get).orElse(null);
              if (earlier != null) {
                merged.set(earlier, union(asIn(merged.get(earlier)).orElseThrow(), equality.get()));
              } else {
                equality.ifPresent(in -> equalities.put(in.column(), merged.size()));
                merged.add(operand);
              }
            });
    return switch (merged.size()) {
      case 0 -> new Constant(Truth.FALSE);
      case 1 -> merged.get(0);
      default -> new Or(merged);
    };
  }

  private static Optional<In> asIn(Predicate predicate) {
    if (predicate instanceof Comparison c && c.operator() == Operator.EQUAL) {
      return Optional.of(new In(c.column(), List.of(c.literal())));
    }
    return predicate instanceof In in ? Optional.of(in) : Optional.empty();
  }

  private static Predicate union(In first, In second) {
    Set<Comparable<?>> literals = new LinkedHashSet<>(first.literals());
    literals.addAll(second.literals());
    return literals.size() == 1
        ? new Comparison(first.column(), Operator.EQUAL, first.literals().get(0))
        : new In(first.column(), List.copyOf(literals));
  }

  @Override
  public Truth evaluate(RowData row) {
    Truth any = Truth.FALSE;
    for (Predicate operand : operands) {
      any = any.or(operand.evaluate(row));
      if (any == Truth.TRUE) {
        break;
      }
    }
    return any;
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    Truths any = Truths.of(Truth.FALSE);
    for (Predicate operand : operands) {
      any = any.or(operand.over(ranges));
    }
    return any;
  }

  @Override
  public void eachColumn(IntConsumer position) {
    operands.forEach(o -> o.eachColumn(position));
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new Or(operands.stream().map(o -> o.movedTo(positions)).toList());
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.or(operands);
  }

  @Override
  public String toString() {
    return operands.stream().map(Predicate::toString).collect(Collectors.joining(" OR ", "(", ")"));
  }
}
