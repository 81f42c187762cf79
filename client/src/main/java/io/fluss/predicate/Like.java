package io.fluss.predicate;

import java.util.function.IntConsumer;
import org.apache.flink.table.data.RowData;

/** A string that has a pattern. */
record Like(ColumnRef column, LikePattern pattern) implements Predicate {

  Like {
    if (column.domain() != Domain.STRINGS) {
      throw new IllegalArgumentException(
          "Column " + column + " is " + column.type().asSummaryString() + "; LIKE is for strings.");
    }
  }

  @Override
  public Truth evaluate(RowData row) {
    return row.isNullAt(column.position())
        ? Truth.UNKNOWN
        : Truth.of(pattern.matches(row.getString(column.position()).toString()));
  }

  @Override
  public Truths over(ColumnRanges ranges) {
    ColumnRange range = ranges.of(column.position());
    if (!range.mayHaveValue()) {
      return new Truths(false, false, range.mayBeNull());
    }
    ValueRange values = ValueRange.of(column, range);
    return new Truths(pattern.canMatch(values), pattern.canFail(values), range.mayBeNull());
  }

  @Override
  public void eachColumn(IntConsumer position) {
    position.accept(column.position());
  }

  @Override
  public Predicate movedTo(Positions positions) {
    return new Like(column.at(positions.of(column.position())), pattern);
  }

  @Override
  public <R> R accept(PredicateVisitor<R> visitor) {
    return visitor.like(column, pattern.start().array(), pattern.rest());
  }

  @Override
  public String toString() {
    return column + " LIKE " + pattern;
  }
}
