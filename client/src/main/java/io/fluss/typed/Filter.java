package io.fluss.typed;

import io.fluss.FlussException;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.RowType;

/**
 * A condition on rows by names of columns and Java values, in SQL's logic: a comparison with NULL
 * is never true. Immutable, as long as the values given are.
 *
 * <p>Values are those of {@link io.fluss.typed the package's} Java types; whole numbers of any size
 * go with any column of whole numbers, and numbers of any kind with DECIMAL, FLOAT and DOUBLE.
 *
 * <pre>{@code
 * Filter.and(Filter.equal("region", "eu"), Filter.atLeast("amount", new BigDecimal("100")))
 * }</pre>
 */
@PublicEvolving
public final class Filter implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What it says. */
  private final Node node;

  private Filter(Node node) {
    this.node = node;
  }

  /** What a filter says; over a row type it is a predicate. */
  private interface Node extends Serializable {

    Predicate over(RowType rowType, List<String> problems);
  }

  /**
   * {@code column = value}.
   *
   * @param column its name
   * @param value that is compared
   * @return the filter
   */
  public static Filter equal(String column, Object value) {
    return compare(column, Operator.EQUAL, value);
  }

  /**
   * {@code column <> value}.
   *
   * @param column its name
   * @param value that is compared
   * @return the filter
   */
  public static Filter notEqual(String column, Object value) {
    return compare(column, Operator.NOT_EQUAL, value);
  }

  /**
   * {@code column < value}.
   *
   * @param column its name
   * @param value that is compared
   * @return the filter
   */
  public static Filter less(String column, Object value) {
    return compare(column, Operator.LESS, value);
  }

  /**
   * {@code column <= value}.
   *
   * @param column its name
   * @param value that is compared
   * @return the filter
   */
  public static Filter atMost(String column, Object value) {
    return compare(column, Operator.LESS_OR_EQUAL, value);
  }

  /**
   * {@code column > value}.
   *
   * @param column its name
   * @param value that is compared
   * @return the filter
   */
  public static Filter greater(String column, Object value) {
    return compare(column, Operator.GREATER, value);
  }

  /**
   * {@code column >= value}.
   *
   * @param column its name
   * @param value that is compared
   * @return the filter
   */
  public static Filter atLeast(String column, Object value) {
    return compare(column, Operator.GREATER_OR_EQUAL, value);
  }

  /**
   * {@code column BETWEEN low AND high}.
   *
   * @param column its name
   * @param low the least one
   * @param high the greatest one
   * @return the filter
   */
  public static Filter between(String column, Object low, Object high) {
    return and(atLeast(column, low), atMost(column, high));
  }

  /**
   * {@code column IN (...)}.
   *
   * @param column its name
   * @param values any of which it may be
   * @return the filter
   */
  public static Filter in(String column, Object... values) {
    List<Filter> any = new ArrayList<>();
    for (Object value : values) {
      any.add(equal(column, value));
    }
    return or(any.toArray(Filter[]::new));
  }

  /**
   * {@code column LIKE pattern}, of a column of text.
   *
   * @param column its name
   * @param pattern in which {@code %} and {@code _} stand for others
   * @return the filter
   */
  public static Filter like(String column, String pattern) {
    return ofColumn(column, ref -> Predicate.like(ref, pattern));
  }

  /**
   * {@code column IS NULL}.
   *
   * @param column its name
   * @return the filter
   */
  public static Filter isNull(String column) {
    return ofColumn(column, Predicate::isNull);
  }

  /**
   * {@code column IS NOT NULL}.
   *
   * @param column its name
   * @return the filter
   */
  public static Filter isNotNull(String column) {
    return ofColumn(column, Predicate::isNotNull);
  }

  /**
   * All of these; true where there are none.
   *
   * @param all filters
   * @return the filter
   */
  public static Filter and(Filter... all) {
    return ofMany(Predicate::and, all);
  }

  /**
   * Any of these; false where there are none.
   *
   * @param any filters
   * @return the filter
   */
  public static Filter or(Filter... any) {
    return ofMany(Predicate::or, any);
  }

  /**
   * {@code NOT filter}.
   *
   * @param filter the condition
   * @return the filter
   */
  public static Filter not(Filter filter) {
    return new Filter((rowType, problems) -> Predicate.not(filter.node.over(rowType, problems)));
  }

  /**
   * The condition on rows of a type.
   *
   * @param rowType of the rows
   * @return the predicate
   * @throws FlussException with all that does not go with it: unknown columns, values of another
   *     type
   */
  public Predicate over(RowType rowType) {
    List<String> problems = new ArrayList<>();
    Predicate predicate = over(rowType, problems);
    if (!problems.isEmpty()) {
      throw new FlussException("The filter cannot be used:\n- " + String.join("\n- ", problems));
    }
    return predicate;
  }

  /**
   * The condition on rows of a type.
   *
   * @param problems where all is added that does not go with it; then the result is of no use
   * @param rowType of the rows
   * @return the predicate
   */
  public Predicate over(RowType rowType, List<String> problems) {
    return node.over(rowType, problems);
  }

  private static Filter compare(String column, Operator operator, Object value) {
    return new Filter(
        (rowType, problems) ->
            column(column, rowType, problems)
                .flatMap(
                    ref ->
                        FilterValues.internal(ref, value, problems)
                            .map(literal -> Predicate.compare(ref, operator, literal)))
                .orElseGet(() -> Predicate.and(List.of())));
  }

  private interface OfColumn extends Function<ColumnRef, Predicate>, Serializable {}

  private interface OfMany extends Function<List<Predicate>, Predicate>, Serializable {}

  private static Filter ofColumn(String column, OfColumn predicate) {
    return new Filter(
        (rowType, problems) ->
            column(column, rowType, problems)
                .map(predicate)
                .orElseGet(() -> Predicate.and(List.of())));
  }

  private static Filter ofMany(OfMany predicate, Filter... filters) {
    List<Filter> all = List.of(filters);
    return new Filter(
        (rowType, problems) ->
            predicate.apply(all.stream().map(f -> f.node.over(rowType, problems)).toList()));
  }

  private static Optional<ColumnRef> column(String name, RowType rowType, List<String> problems) {
    int position = rowType.getFieldIndex(name);
    if (position < 0) {
      problems.add("There is no column '" + name + "'. Columns: " + rowType.getFieldNames() + ".");
      return Optional.empty();
    }
    if (!ColumnRef.isSupported(rowType.getTypeAt(position))) {
      problems.add(
          "Column '"
              + name
              + "' is "
              + rowType.getTypeAt(position).asSummaryString()
              + ", and conditions are about columns of scalar types.");
      return Optional.empty();
    }
    return Optional.of(ColumnRef.of(rowType, position));
  }
}
