package io.fluss.write;

import org.apache.flink.table.data.RowData;

/**
 * The bucket key of rows, and a function from it to buckets. Reused from row to row; one thread.
 */
interface BucketKey {

  /** The bucket of a row. */
  int bucket(RowData row, int buckets);

  /** The bytes that are hashed for a row. */
  byte[] bytes(RowData row);
}
