package io.fluss.client.write;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.table.TableInfo;
import io.fluss.typed.ObjectToRow;
import io.fluss.typed.UnfitClassException;
import io.fluss.typed.UnfitValueException;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** Makes writers that append to a log table. Immutable, thread-safe. */
@PublicEvolving
public final class Append {

  private final TableInfo table;
  private final ClientContext context;

  private Append(TableInfo table, ClientContext context) {
    this.table = table;
    this.context = context;
  }

  /**
   * @throws FlussException where the table has a primary key
   */
  @Internal
  public static Append of(TableInfo table, ClientContext context) {
    if (table.hasPrimaryKey()) {
      throw new FlussException(
          "Cannot append to table '"
              + table.path()
              + "': it has the primary key "
              + table.primaryKey()
              + ". Use newUpsert().");
    }
    return new Append(table, context);
  }

  /**
   * A writer of rows; whoever creates it closes it.
   *
   * @throws FlussException where the table was dropped, or the brokers do not answer
   */
  public AppendWriter createWriter() {
    return LogAppendWriter.open(table, context);
  }

  /**
   * A writer of objects, see {@link io.fluss.typed} for what they may be.
   *
   * @throws UnfitClassException with all columns that have no field in the class, or one of another
   *     type
   * @throws FlussException as {@link #createWriter}
   */
  public <T> TypedAppendWriter<T> createTypedWriter(Class<T> type) {
    ObjectToRow<T> rows = ObjectToRow.of(type, table.rowType());
    AppendWriter writer = createWriter();
    return new TypedAppendWriter<>() {
      @Override
      public CompletableFuture<AppendResult> append(T row) {
        try {
          return writer.append(rows.row(row));
        } catch (UnfitValueException e) {
          return CompletableFuture.failedFuture(e);
        }
      }

      @Override
      public void flush() {
        writer.flush();
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }
}
