package io.fluss.sink.serializer;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * A row and what is done with it.
 *
 * @param row of the table's row type; of a delete, only the primary key matters. Its own kind does
 *     not matter, and may be changed
 */
@PublicEvolving
public record RowWithOp(RowData row, OperationType operation) {

  /**
   * @param row of the row type
   * @param operation what is done
   * @throws NullPointerException where there is no row or no operation
   */
  public RowWithOp {
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(operation, "operation");
  }
}
