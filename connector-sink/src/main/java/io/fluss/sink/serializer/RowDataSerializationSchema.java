package io.fluss.sink.serializer;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Rows as they are. Of a primary-key table {@code +I} and {@code +U} are upserts, {@code -D} a
 * delete, and {@code -U} is of no use, for the new row follows. To a log table, {@code +I} is
 * appended; others are refused, unless option {@code sink.ignore-delete} takes {@code +U} as new
 * rows and drops {@code -U} and {@code -D}.
 */
@PublicEvolving
public final class RowDataSerializationSchema implements FlussSerializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  private transient boolean upserts;

  @Override
  public void open(InitializationContext context) {
    upserts = !context.primaryKey().isEmpty();
  }

  @Override
  public RowWithOp serialize(RowData row) {
    return new RowWithOp(row, operation(row.getRowKind()));
  }

  private OperationType operation(RowKind kind) {
    return switch (kind) {
      case INSERT -> upserts ? OperationType.UPSERT : OperationType.APPEND;
      case UPDATE_AFTER -> OperationType.UPSERT;
      case UPDATE_BEFORE -> upserts ? OperationType.IGNORE : OperationType.DELETE;
      case DELETE -> OperationType.DELETE;
    };
  }
}
