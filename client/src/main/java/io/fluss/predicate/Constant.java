package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/** The same for all rows. */
record Constant(Truth truth) implements Predicate {

  @Override
  public Truth evaluate(RowData row) {
    return truth;
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    return Truths.of(truth);
  }

  @Override
  public void eachColumn(IntConsumer position) {
    // about none
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return this;
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.constant(truth);
  }

  @Override
  public String toString() {
    return truth.name();
  }
}
