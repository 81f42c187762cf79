package io.fluss.client.write;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.options.MergeEngine;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.typed.ObjectToRow;
import io.fluss.typed.UnfitClassException;
import io.fluss.typed.UnfitValueException;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** Makes writers that change rows of a primary-key table. Immutable, thread-safe. */
@PublicEvolving
public final class Upsert {

  private final TableInfo table;
  private final ClientContext context;
  private final RowScope scope;
  private final LeaseTimes times;

  private Upsert(TableInfo table, ClientContext context, RowScope scope, LeaseTimes times) {
    this.table = table;
    this.context = context;
    this.scope = scope;
    this.times = times;
  }

  /**
   * @throws FlussException where the table has no primary key
   */
  @Internal
  public static Upsert of(TableInfo table, ClientContext context) {
    if (!table.hasPrimaryKey()) {
      throw new FlussException(
          "Cannot upsert rows of table '"
              + table.path()
              + "': it has no primary key. Use newAppend().");
    }
    return new Upsert(table, context, RowScope.fullRow(), LeaseTimes.standard());
  }

  /**
   * This, of some columns: the others stay as they are. The first writer ever of a set of columns
   * waits with its first row for up to a minute, until all jobs that delete rows know of the set.
   *
   * @param columns the primary key and at least one other, in any order
   * @throws FlussException where one is not a column of the table, one of the primary key is
   *     missing, no other is there, or the table's merge engine keeps whole rows
   */
  public Upsert partialUpdate(String... columns) {
    List<SchemaVersion.Field> fields = table.currentSchema().fields();
    List<String> names = fields.stream().map(SchemaVersion.Field::name).toList();
    List<String> wanted = List.of(columns);
    List<String> problems = new ArrayList<>();
    wanted.stream()
        .filter(c -> !names.contains(c))
        .forEach(c -> problems.add("'" + c + "' is not a column; those are " + names + "."));
    table.primaryKey().stream()
        .filter(c -> !wanted.contains(c))
        .forEach(c -> problems.add("Column '" + c + "' of the primary key is missing."));
    List<Integer> fieldIds =
        fields.stream()
            .filter(f -> wanted.contains(f.name()) && !table.primaryKey().contains(f.name()))
            .map(SchemaVersion.Field::fieldId)
            .toList();
    if (fieldIds.isEmpty()) {
      problems.add("There is no column beside those of the primary key.");
    }
    if (table.mergeEngine() != MergeEngine.LAST_ROW) {
      problems.add("Merge engine " + table.mergeEngine() + " keeps whole rows.");
    }
    if (!problems.isEmpty()) {
      throw new FlussException(
          "Table '"
              + table.path()
              + "' cannot be updated in columns "
              + wanted
              + ":\n- "
              + String.join("\n- ", problems));
    }
    return new Upsert(table, context, RowScope.columns(fieldIds), times);
  }

  /** As {@link #partialUpdate(String...)}, by the positions of the columns in the table. */
  public Upsert partialUpdate(int... columns) {
    List<String> names = table.rowType().getFieldNames();
    return partialUpdate(
        IntStream.of(columns)
            .mapToObj(i -> i >= 0 && i < names.size() ? names.get(i) : String.valueOf(i))
            .toArray(String[]::new));
  }

  /** For tests that do not wait. */
  Upsert with(LeaseTimes shorter) {
    return new Upsert(table, context, scope, shorter);
  }

  /**
   * A writer of rows; whoever creates it closes it.
   *
   * @throws FlussException where the table was dropped, or the brokers do not answer
   */
  public UpsertWriter createWriter() {
    return KeyedUpsertWriter.open(table, context, scope, times);
  }

  /**
   * A writer of objects, see {@link io.fluss.typed} for what they may be. For a partial update they
   * need the columns that were named only.
   *
   * @throws UnfitClassException with all columns that have no field in the class, or one of another
   *     type
   * @throws FlussException as {@link #createWriter}
   */
  public <T> TypedUpsertWriter<T> createTypedWriter(Class<T> type) {
    ObjectToRow<T> rows = ObjectToRow.of(type, table.rowType(), columns());
    ObjectToRow<T> keys = ObjectToRow.of(type, table.rowType(), table.primaryKey());
    UpsertWriter writer = createWriter();
    return new TypedUpsertWriter<>() {
      @Override
      public CompletableFuture<UpsertResult> upsert(T row) {
        try {
          return writer.upsert(rows.row(row));
        } catch (UnfitValueException e) {
          return CompletableFuture.failedFuture(e);
        }
      }

      @Override
      public CompletableFuture<DeleteResult> delete(T row) {
        try {
          return writer.delete(keys.row(row));
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

  /** The columns that are written. */
  private List<String> columns() {
    return table.currentSchema().fields().stream()
        .filter(
            f ->
                !(scope instanceof RowScope.Columns some)
                    || some.fieldIds().contains(f.fieldId())
                    || table.primaryKey().contains(f.name()))
        .map(SchemaVersion.Field::name)
        .toList();
  }
}
