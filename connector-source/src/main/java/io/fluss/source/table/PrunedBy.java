package io.fluss.source.table;

import io.fluss.partition.PartitionKeys;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.expression.FilterTranslation;
import io.fluss.table.StatisticsColumns;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.expressions.ResolvedExpression;

/**
 * The filters of a query by which a scan can leave out rows before it reads them: those that say
 * something of columns of which something is known before, of partitions or of batches.
 *
 * @param condition all that they say, over the table's row type; empty where there are none
 */
public record PrunedBy(List<ResolvedExpression> used, Optional<Predicate> condition) {

  /**
   * @param filters that all hold; columns of them that the table does not have are not looked at
   */
  static PrunedBy filters(TableInfo table, List<ResolvedExpression> filters) {
    FilterTranslation translation = FilterTranslation.over(table.rowType());
    int[] columns = columns(table);
    List<ResolvedExpression> used =
        filters.stream()
            .filter(f -> translation.impliedBy(f).flatMap(p -> p.about(columns)).isPresent())
            .toList();
    return new PrunedBy(used, translation.impliedByAll(used));
  }

  /**
   * What a condition says of columns of which something is known before.
   *
   * @param condition over the table's row type
   */
  public static Optional<Predicate> condition(TableInfo table, Predicate condition) {
    return condition.about(columns(table));
  }

  private static int[] columns(TableInfo table) {
    if (table.lakeFormat().isPresent()) {
      return knownToLake(table);
    }
    IntStream partitionKeys = IntStream.of(PartitionKeys.positions(table));
    IntStream described =
        table.hasPrimaryKey()
            ? IntStream.empty()
            : IntStream.of(StatisticsColumns.positions(table));
    return IntStream.concat(partitionKeys, described).toArray();
  }

  /**
   * A lake may know something of any; of the rows of a key the last one counts, so of that only.
   */
  private static int[] knownToLake(TableInfo table) {
    return table.hasPrimaryKey()
        ? table.keyPositions()
        : IntStream.range(0, table.physicalColumns().size()).toArray();
  }
}
