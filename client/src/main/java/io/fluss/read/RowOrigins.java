package io.fluss.read;

/** Which records the rows of a batch came with. Rows are counted in the batch, from 0. */
public interface RowOrigins {

  /** Kafka offset of the record that the row is in. */
  long offset(int row);

  /** Index of the row in its record; negative where that is not known. */
  int rowIndex(int row);

  /** Kafka timestamp of the record that the row is in, epoch milliseconds. */
  long timestampMillis(int row);
}
