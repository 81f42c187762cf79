package io.fluss.predicate;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;

/** TRUE where all of its operands are. */
record And(List<Predicate> operands) implements Predicate {

  And {
    operands = List.copyOf(operands);
  }

  static Predicate of(List<Predicate> operands) {
    List<Predicate> flat =
        operands.stream()
            .flatMap(o -> o instanceof And and ? and.operands.stream() : Stream.of(o))
            .filter(o -> !o.equals(new Constant(Truth.TRUE)))
            .toList();
    return switch (flat.size()) {
      case 0 -> new Constant(Truth.TRUE);
      case 1 -> flat.get(0);
      default -> new And(flat);
    };
  }

  @Override
  public Truth evaluate(RowData row) {
    Truth all = Truth.TRUE;
    for (Predicate operand : operands) {
      all = all.and(operand.evaluate(row));
      if (all == Truth.FALSE) {
        break;
      }
    }
    return all;
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    Truths all = Truths.of(Truth.TRUE);
    for (Predicate operand : operands) {
      all = all.and(operand.over(ranges));
    }
    return all;
  }

  @Override
  public void eachColumn(IntConsumer position) {
    operands.forEach(o -> o.eachColumn(position));
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new And(operands.stream().map(o -> o.movedTo(positions)).toList());
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.and(operands);
  }

  @Override
  public String toString() {
    return operands.stream()
        .map(Predicate::toString)
        .collect(Collectors.joining(" AND ", "(", ")"));
  }
}
