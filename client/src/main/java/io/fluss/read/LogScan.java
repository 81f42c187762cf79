package io.fluss.read;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import javax.annotation.Nullable;

/**
 * One read of a table's log, from the question to the brokers that answer it.
 *
 * @param client brokers and consumer properties
 * @param selection what of each row is wanted
 * @param limit rows that are enough for the whole read, null where all are wanted
 * @param keys which rows of a primary-key table are wanted; all of a log table
 * @param folding how the records of each bucket become its rows, null where the log itself is read
 */
public record LogScan(
    TableInfo table,
    ClientConfig client,
    Selection selection,
    StartingOffsets start,
    StoppingOffsets stop,
    @Nullable Long limit,
    WantedKeys keys,
    @Nullable BucketFolding folding)
    implements Serializable {

  /** A read of the log itself, whatever the keys. */
  public LogScan(
      TableInfo table,
      ClientConfig client,
      Selection selection,
      StartingOffsets start,
      StoppingOffsets stop,
      @Nullable Long limit) {
    this(table, client, selection, start, stop, limit, WantedKeys.ALL, null);
  }

  public boolean bounded() {
    return stop.bounded();
  }
}
