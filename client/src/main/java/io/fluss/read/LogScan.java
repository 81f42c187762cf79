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
 */
public record LogScan(
    TableInfo table,
    ClientConfig client,
    Selection selection,
    StartingOffsets start,
    StoppingOffsets stop,
    @Nullable Long limit)
    implements Serializable {

  public boolean bounded() {
    return stop.bounded();
  }
}
