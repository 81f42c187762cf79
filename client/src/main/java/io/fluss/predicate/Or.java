package io.fluss.predicate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    Map<ColumnRef, Set<Comparable<?>>> equal = new LinkedHashMap<>();
    List<Predicate> others = new ArrayList<>();
    operands.stream()
        .flatMap(o -> o instanceof Or or ? or.operands.stream() : Stream.of(o))
        .filter(o -> !o.equals(new Constant(Truth.FALSE)))
        .forEach(
            o -> {
              if (o instanceof Comparison c && c.operator() == Operator.EQUAL) {
                equal.computeIfAbsent(c.column(), k -> new LinkedHashSet<>()).add(c.literal());
              } else if (o instanceof In in) {
                equal
                    .computeIfAbsent(in.column(), k -> new LinkedHashSet<>())
                    .addAll(in.literals());
              } else {
                others.add(o);
              }
            });
    List<Predicate> all = new ArrayList<>();
    equal.forEach((column, literals) -> all.add(equalsOneOf(column, List.copyOf(literals))));
    all.addAll(others);
    return switch (all.size()) {
      case 0 -> new Constant(Truth.FALSE);
      case 1 -> all.get(0);
      default -> new Or(all);
    };
  }

  private static Predicate equalsOneOf(ColumnRef column, List<Comparable<?>> literals) {
    return literals.size() == 1
        ? new Comparison(column, Operator.EQUAL, literals.get(0))
        : new In(column, literals);
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
  public String toString() {
    return operands.stream().map(Predicate::toString).collect(Collectors.joining(" OR ", "(", ")"));
  }
}
