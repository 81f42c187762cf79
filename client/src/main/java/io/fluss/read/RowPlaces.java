package io.fluss.read;

/**
 * Where in the log the rows of a batch are. Immutable.
 *
 * <p>Rows are counted in the batch, from 0. Where a batch lacks rows that were not wanted, the
 * place behind its last row is behind those too.
 */
public interface RowPlaces extends RowOrigins {

  /** Where to go on reading when the first {@code rows} rows have been used, and no more. */
  LogPosition behind(int rows);

  /** What lies behind the first {@code rows} rows was appended at this time or later. */
  long appendedSinceMillis(int rows);

  /** How many Kafka records the batch is made of. */
  int records();
}
