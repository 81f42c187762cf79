package io.fluss.predicate;

/** What is known of some rows, column by column. */
@FunctionalInterface
public interface ColumnRanges {

  /**
   * What is known of a column; {@link ColumnRange#UNKNOWN} where nothing is.
   *
   * @param column its position in the row
   */
  ColumnRange of(int column);
}
