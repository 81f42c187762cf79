package io.fluss.read;

import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.SchemasSince;
import io.fluss.predicate.Predicate;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * One read of a table's log, from the question to the brokers that answer it.
 *
 * @param client brokers and consumer properties
 * @param selection what of each row is wanted
 * @param limit rows that are enough for the whole read, null where all are wanted
 * @param keys which rows of a primary-key table are wanted; all of a log table
 * @param folding how the records of each bucket become its rows, null where the log itself is read
 * @param condition see {@link #filter()}, null where there is none
 */
public record LogScan(
    TableInfo table,
    ClientConfig client,
    Selection selection,
    StartingOffsets start,
    StoppingOffsets stop,
    @Nullable Long limit,
    WantedKeys keys,
    @Nullable BucketFolding folding,
    @Nullable Predicate condition)
    implements Serializable {

  /** A read of the log itself, whatever the keys. */
  public LogScan(
      TableInfo table,
      ClientConfig client,
      Selection selection,
      StartingOffsets start,
      StoppingOffsets stop,
      @Nullable Long limit) {
    this(table, client, selection, start, stop, limit, WantedKeys.ALL, null, null);
  }

  /** A read of all rows, whatever their columns. */
  public LogScan(
      TableInfo table,
      ClientConfig client,
      Selection selection,
      StartingOffsets start,
      StoppingOffsets stop,
      @Nullable Long limit,
      WantedKeys keys,
      @Nullable BucketFolding folding) {
    this(table, client, selection, start, stop, limit, keys, folding, null);
  }

  /**
   * This read with a filter in place of the one it has.
   *
   * @param filter see {@link #filter()}
   */
  public LogScan withFilter(@Nullable Predicate filter) {
    return new LogScan(table, client, selection, start, stop, limit, keys, folding, filter);
  }

  /**
   * The condition that rows have to match to be of use, over the table's row type. A read may leave
   * out rows that do not match and need not: who asks applies it again.
   */
  public Optional<Predicate> filter() {
    return Optional.ofNullable(condition);
  }

  /** The schema versions of its records: also those that come while the read goes on. */
  public SchemaHistory schemas() {
    return new SchemasSince(table, client);
  }

  public boolean bounded() {
    return stop.bounded();
  }
}
