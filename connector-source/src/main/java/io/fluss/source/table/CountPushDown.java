package io.fluss.source.table;

import java.util.List;
import org.apache.flink.table.expressions.AggregateExpression;

/** Which aggregates the row counts in batch headers answer. */
final class CountPushDown {

  /** The planner's classes are out of reach here, in a class loader of their own. */
  private static final String PLANNER_FUNCTIONS =
      "org.apache.flink.table.planner.functions.aggfunctions.";

  private CountPushDown() {}

  /** Whether all aggregates are counts of all rows, over the whole table. */
  static boolean answers(List<int[]> groupingSets, List<AggregateExpression> aggregates) {
    return groupingSets.size() == 1
        && groupingSets.get(0).length == 0
        && !aggregates.isEmpty()
        && aggregates.stream().allMatch(CountPushDown::countsAllRows);
  }

  private static boolean countsAllRows(AggregateExpression aggregate) {
    if (aggregate.isDistinct() || aggregate.getFilterExpression().isPresent()) {
      return false;
    }
    String function = aggregate.getFunctionDefinition().getClass().getName();
    if (function.equals(PLANNER_FUNCTIONS + "Count1AggFunction")) {
      return true;
    }
    return function.equals(PLANNER_FUNCTIONS + "CountAggFunction")
        && aggregate.getArgs().stream()
            .noneMatch(a -> a.getOutputDataType().getLogicalType().isNullable());
  }
}
