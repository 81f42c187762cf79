package io.fluss.predicate;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;

/**
 * A column that equals one of several constants.
 *
 * @param literals in the form of the column's {@link Domain}
 */
record In(ColumnRef column, List<Comparable<?>> literals) implements Predicate {

  In {
    literals = List.copyOf(literals);
  }

  @Override
  public Truth evaluate(RowData row) {
    if (row.isNullAt(column.position())) {
      return Truth.UNKNOWN;
    }
    Comparable<?> value = column.value(row);
    for (Comparable<?> literal : literals) {
      if (Operator.EQUAL.holds(value, literal)) {
        return Truth.TRUE;
      }
    }
    return Truth.FALSE;
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    ColumnRange range = ranges.of(column.position());
    if (!range.mayHaveValue()) {
      return new Truths(false, false, range.mayBeNull());
    }
    ValueRange values = ValueRange.of(column, range);
    boolean canBeTrue = literals.stream().anyMatch(l -> Operator.EQUAL.canHold(values, l));
    boolean canBeFalse = literals.stream().allMatch(l -> Operator.NOT_EQUAL.canHold(values, l));
    return new Truths(canBeTrue, canBeFalse, range.mayBeNull());
  }

  @Override
  public void eachColumn(IntConsumer position) {
    position.accept(column.position());
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new In(column.at(positions.of(column.position())), literals);
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.in(column, literals.stream().map(Domain::plain).toList());
  }

  @Override
  public String toString() {
    return column + " IN " + list();
  }

  String list() {
    Domain domain = column.domain();
    return literals.stream().map(domain::sql).collect(Collectors.joining(", ", "(", ")"));
  }
}
