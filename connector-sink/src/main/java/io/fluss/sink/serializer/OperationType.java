package io.fluss.sink.serializer;

import org.apache.flink.annotation.PublicEvolving;

/** What is done with a row. */
@PublicEvolving
public enum OperationType {
  /** Adds it to a log table. */
  APPEND,
  /** Puts it in the place of the row with its primary key; in a partial update, its columns. */
  UPSERT,
  /** Removes the row with its primary key; in a partial update, its columns become null. */
  DELETE,
  /** Nothing. */
  IGNORE
}
