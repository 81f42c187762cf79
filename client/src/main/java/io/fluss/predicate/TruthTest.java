package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/** Whether a condition is TRUE, FALSE or UNKNOWN; never UNKNOWN itself. */
record TruthTest(Predicate operand, Truth wanted) implements Predicate {

  @Override
  public Truth evaluate(RowData row) {
    return Truth.of(operand.evaluate(row) == wanted);
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    return operand.over(ranges).is(wanted);
  }

  @Override
  public void eachColumn(IntConsumer position) {
    operand.eachColumn(position);
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new TruthTest(operand.movedTo(positions), wanted);
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.is(operand, wanted);
  }

  @Override
  public String toString() {
    boolean plain =
        operand instanceof BooleanColumn || operand instanceof And || operand instanceof Or;
    return (plain ? operand : "(" + operand + ")") + " IS " + wanted;
  }
}
