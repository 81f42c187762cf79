package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/** A BOOLEAN column by itself. */
record BooleanColumn(ColumnRef column) implements Predicate {

  BooleanColumn {
    if (column.domain() != Domain.BOOLEANS) {
      throw new IllegalArgumentException(
          "Column "
              + column
              + " is "
              + column.type().asSummaryString()
              + "; only a BOOLEAN is a condition by itself.");
    }
  }

  @Override
  public Truth evaluate(RowData row) {
    return row.isNullAt(column.position())
        ? Truth.UNKNOWN
        : Truth.of(row.getBoolean(column.position()));
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    return new Comparison(column, Operator.EQUAL, true).over(ranges);
  }

  @Override
  public void eachColumn(IntConsumer position) {
    position.accept(column.position());
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new BooleanColumn(column.at(positions.of(column.position())));
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.column(column);
  }

  @Override
  public String toString() {
    return column.toString();
  }
}
