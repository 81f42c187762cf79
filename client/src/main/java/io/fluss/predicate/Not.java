package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/** TRUE where its operand is FALSE, FALSE where that is TRUE. */
record Not(Predicate operand) implements Predicate {

  @Override
  public Truth evaluate(RowData row) {
    return operand.evaluate(row).not();
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    return operand.over(ranges).not();
  }

  @Override
  public void eachColumn(IntConsumer position) {
    operand.eachColumn(position);
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new Not(operand.movedTo(positions));
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.not(operand);
  }

  @Override
  public String toString() {
    if (operand instanceof IsNull test) {
      return test.column() + " IS NOT NULL";
    }
    if (operand instanceof In in) {
      return in.column() + " NOT IN " + in.list();
    }
    if (operand instanceof Like like) {
      return like.column() + " NOT LIKE " + like.pattern();
    }
    boolean plain = operand instanceof BooleanColumn || operand instanceof Constant;
    boolean enclosed = operand instanceof And || operand instanceof Or;
    return plain || enclosed ? "NOT " + operand : "NOT (" + operand + ")";
  }
}
