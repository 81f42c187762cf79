package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.options.MergeEngine;
import io.fluss.partition.TableBucket;
import io.fluss.predicate.Predicate;
import io.fluss.table.TableInfo;
import io.fluss.typed.RowToObject;
import io.fluss.typed.UnfitClassException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** Says what of a table is wanted, and makes scanners. Immutable, thread-safe. */
@PublicEvolving
public final class Scan {

  private final TableInfo table;
  private final ClientContext context;
  private final RowSelection selection;
  @Nullable private final Long limit;
  private final boolean readsLake;

  private Scan(
      TableInfo table,
      ClientContext context,
      RowSelection selection,
      @Nullable Long limit,
      boolean readsLake) {
    this.table = table;
    this.context = context;
    this.selection = selection;
    this.limit = limit;
    this.readsLake = readsLake;
  }

  /** All rows with all columns. */
  @Internal
  public static Scan of(TableInfo table, ClientContext context) {
    return new Scan(table, context, RowSelection.all(table), null, true);
  }

  /**
   * This, with some of the columns, in the order given; nothing else is decoded.
   *
   * @param columns positions in the table
   * @throws FlussException where there is no such column
   */
  public Scan project(int... columns) {
    return new Scan(table, context, selection.project(columns), limit, readsLake);
  }

  /** As {@link #project(int...)}, by name. */
  public Scan project(String... columns) {
    return project(List.of(columns));
  }

  /** As {@link #project(int...)}, by name. */
  public Scan project(List<String> columns) {
    return new Scan(table, context, selection.project(columns), limit, readsLake);
  }

  /**
   * This, with those rows only that match, in Flink's three-valued logic. Where the table has
   * statistics ({@code table.statistics.columns}) batches without such rows are not decoded, and of
   * a partitioned table partitions without such rows are not read by batch scanners.
   *
   * @param condition over all columns of the table, whether they are projected or not
   * @throws FlussException where it is about a column that is not there
   */
  public Scan filter(Predicate condition) {
    return new Scan(table, context, selection.filter(condition), limit, readsLake);
  }

  /**
   * This, with so many rows at most; for batch scanners.
   *
   * @throws FlussException where it is negative
   */
  public Scan limit(long rows) {
    if (rows < 0) {
      throw new FlussException("A limit cannot be negative, got " + rows + ".");
    }
    return new Scan(table, context, selection, rows, readsLake);
  }

  /**
   * This, of the log alone where the table is kept in a lake too: older rows may be in the lake
   * only.
   */
  public Scan withoutLake() {
    return new Scan(table, context, selection, limit, false);
  }

  /**
   * A scanner of the log as it grows; whoever creates it closes it.
   *
   * @throws FlussException where there is a limit; where the records of the log are no rows, since
   *     the table has a merge engine or column sets; where the filter of a primary-key table is
   *     about columns that are not of its key, of which a delete does not tell
   */
  public LogScanner createLogScanner() {
    requireLog();
    return TableLogScanner.open(table, context, selection);
  }

  /**
   * As {@link #createLogScanner}, with rows as objects, see {@link io.fluss.typed} for what they
   * may be.
   *
   * @throws UnfitClassException with all columns that have no field in the class, or one of another
   *     type
   * @throws FlussException as the other
   */
  public <T> TypedLogScanner<T> createTypedLogScanner(Class<T> type) {
    RowToObject<T> objects = RowToObject.of(selection.rowType(), type);
    return new TypedLogScanner<>(createLogScanner(), objects);
  }

  /**
   * A scanner of all rows that the table has; whoever creates it closes it.
   *
   * @throws FlussException where the table is kept in a lake that cannot be reached: the connection
   *     needs {@code datalake.<format>.*}, and the format's jar has to be on the class path
   */
  public BatchScanner createBatchScanner() {
    return TableBatchScanner.open(table, context, selection, limit, null, readsLake);
  }

  /**
   * A scanner of the rows of one bucket; whoever creates it closes it.
   *
   * @throws FlussException as {@link #createBatchScanner()}, and where there is no such bucket
   */
  public BatchScanner createBatchScanner(TableBucket bucket) {
    return TableBatchScanner.open(table, context, selection, limit, bucket, readsLake);
  }

  /**
   * As {@link #createBatchScanner()}, with rows as objects, see {@link io.fluss.typed} for what
   * they may be.
   *
   * @throws UnfitClassException with all columns that have no field in the class, or one of another
   *     type
   * @throws FlussException as the other
   */
  public <T> TypedBatchScanner<T> createTypedBatchScanner(Class<T> type) {
    RowToObject<T> objects = RowToObject.of(selection.rowType(), type);
    return new TypedBatchScanner<>(createBatchScanner(), objects);
  }

  private void requireLog() {
    if (limit != null) {
      throw new FlussException(
          "A log scanner of table '"
              + table.path()
              + "' has no limit: a log has no end. Count the rows, or use createBatchScanner().");
    }
    if (!table.hasPrimaryKey()) {
      return;
    }
    if (table.mergeEngine() != MergeEngine.LAST_ROW || !table.columnSets().isEmpty()) {
      throw new FlussException(
          "The log of table '"
              + table.path()
              + "' cannot be scanned as rows: "
              + (table.mergeEngine() == MergeEngine.LAST_ROW
                  ? "it has partial updates, whose records hold parts of rows"
                  : "with merge engine " + table.mergeEngine() + " not every record is its row")
              + ". Use createBatchScanner() for the rows as they are, or read it with Flink.");
    }
    selection
        .filter()
        .filter(f -> !isAboutKey(f))
        .ifPresent(
            f -> {
              throw new FlussException(
                  "A log scanner of table '"
                      + table.path()
                      + "' cannot filter by "
                      + f
                      + ": a row that does not match any more, or a delete, would go unnoticed."
                      + " Filter by columns of the primary key "
                      + table.primaryKey()
                      + ", or filter what it returns.");
            });
  }

  private boolean isAboutKey(Predicate condition) {
    List<Integer> key = java.util.Arrays.stream(table.keyPositions()).boxed().toList();
    return java.util.Arrays.stream(condition.columns()).allMatch(key::contains);
  }
}
