package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/**
 * A column compared with a constant.
 *
 * @param literal in the form of the column's {@link Domain}
 */
record Comparison(ColumnRef column, Operator operator, Comparable<?> literal) implements Predicate {

  @Override
  public Truth evaluate(RowData row) {
    return row.isNullAt(column.position())
        ? Truth.UNKNOWN
        : Truth.of(operator.holds(column.value(row), literal));
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    ColumnRange range = ranges.of(column.position());
    if (!range.mayHaveValue()) {
      return new Truths(false, false, range.mayBeNull());
    }
    ValueRange values = ValueRange.of(column, range);
    return new Truths(
        operator.canHold(values, literal),
        operator.negated().canHold(values, literal),
        range.mayBeNull());
  }

  @Override
  public void eachColumn(IntConsumer position) {
    position.accept(column.position());
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new Comparison(column.at(positions.of(column.position())), operator, literal);
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.compare(column, operator, Domain.plain(literal));
  }

  @Override
  public String toString() {
    return column + " " + operator + " " + column.domain().sql(literal);
  }
}
