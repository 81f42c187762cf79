package io.fluss.sink;

import io.fluss.FlussException;
import io.fluss.sink.serializer.FlussSerializationSchema;
import io.fluss.sink.serializer.OperationType;
import io.fluss.sink.serializer.RowWithOp;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.FlinkRuntimeException;

/** Makes the rows of values, each of the kind that the writers of rows understand. One thread. */
final class ValueRows<T> {

  private final TableInfo table;
  private final boolean ignoreDelete;
  private final FlussSerializationSchema<T> schema;

  /** Opens the schema. */
  ValueRows(TableSinkConfig config, SinkColumns columns, FlussSerializationSchema<T> schema) {
    this.table = config.table();
    this.ignoreDelete = config.ignoreDelete();
    this.schema = schema;
    try {
      schema.open(columns);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /**
   * The row of a value.
   *
   * @return null where there is nothing to do
   */
  @Nullable
  RowData row(T value) {
    RowWithOp row = serialized(value);
    return table.hasPrimaryKey() ? change(row) : appended(row);
  }

  private RowWithOp serialized(T value) {
    try {
      RowWithOp row = schema.serialize(value);
      if (row == null) {
        throw new FlussException(
            schema.getClass().getName()
                + " has returned null for a value of table '"
                + table.path()
                + "'. To leave a value out, return a row with OperationType.IGNORE.");
      }
      return row;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  @Nullable
  private RowData change(RowWithOp row) {
    return switch (row.operation()) {
      case UPSERT -> of(row.row(), RowKind.INSERT, RowKind.UPDATE_AFTER);
      case DELETE -> of(row.row(), RowKind.DELETE, RowKind.DELETE);
      case IGNORE -> null;
      case APPEND ->
          throw refused(OperationType.APPEND, "primary-key table", "UPSERT, DELETE and IGNORE");
    };
  }

  @Nullable
  private RowData appended(RowWithOp row) {
    return switch (row.operation()) {
      case APPEND -> of(row.row(), RowKind.INSERT, RowKind.INSERT);
      case IGNORE -> null;
      case UPSERT -> {
        if (!ignoreDelete) {
          throw refused(OperationType.UPSERT, "log table", "APPEND and IGNORE");
        }
        yield of(row.row(), RowKind.INSERT, RowKind.INSERT);
      }
      case DELETE -> {
        if (!ignoreDelete) {
          throw refused(OperationType.DELETE, "log table", "APPEND and IGNORE");
        }
        yield null;
      }
    };
  }

  /** The row with a kind, which is not changed where it is one of these. */
  private static RowData of(RowData row, RowKind kind, RowKind alike) {
    if (row.getRowKind() != kind && row.getRowKind() != alike) {
      row.setRowKind(kind);
    }
    return row;
  }

  private FlussException refused(OperationType operation, String kind, String allowed) {
    return new FlussException(
        "Table '"
            + table.path()
            + "' is a "
            + kind
            + ", to which "
            + operation
            + " cannot be done; "
            + allowed
            + " can."
            + (table.hasPrimaryKey()
                ? ""
                : " To write a changelog's new rows and drop its deletes, set option '"
                    + SinkOptions.IGNORE_DELETE.key()
                    + "' = 'true'."));
  }

  private FlinkRuntimeException failed(Exception e) {
    return new FlinkRuntimeException(
        "The serialization schema of table '" + table.path() + "' failed: " + e.getMessage(), e);
  }
}
