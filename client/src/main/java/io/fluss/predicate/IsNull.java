package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/** A column without a value. */
record IsNull(ColumnRef column) implements Predicate {

  @Override
  public Truth evaluate(RowData row) {
    return Truth.of(row.isNullAt(column.position()));
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    ColumnRange range = ranges.of(column.position());
    return new Truths(range.mayBeNull(), range.mayHaveValue(), false);
  }

  @Override
  public void eachColumn(IntConsumer position) {
    position.accept(column.position());
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new IsNull(column.at(positions.of(column.position())));
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.isNull(column);
  }

  @Override
  public String toString() {
    return column + " IS NULL";
  }
}
