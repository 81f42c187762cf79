package io.fluss.table;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.LogicalType;

/** A column as the user declared it. Only {@link Physical} columns are stored in the log. */
@PublicEvolving
public sealed interface Column extends Serializable {

  String name();

  @Nullable
  String comment();

  /**
   * A column stored in the log.
   *
   * @param fieldId identity of the column over renames and reorderings; unique in the table for
   *     good
   * @param type Flink type, with nullability
   */
  record Physical(int fieldId, String name, LogicalType type, @Nullable String comment)
      implements Column {}

  /**
   * A column computed from others by the planner.
   *
   * @param expression SQL expression, fully qualified
   * @param type type of the expression's result
   */
  record Computed(String name, String expression, LogicalType type, @Nullable String comment)
      implements Column {}

  /**
   * A column that shows metadata of the record a row came in.
   *
   * @param key metadata key, null where it is the column's name
   * @param virtual whether the column is left out on writing
   */
  record Metadata(
      String name,
      LogicalType type,
      @Nullable String key,
      boolean virtual,
      @Nullable String comment)
      implements Column {}
}
