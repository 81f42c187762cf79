package io.fluss.options;

/** Values of {@code client.writer.bucket.no-key-assigner}. */
public enum NoKeyAssigner {
  /** Stay with a bucket until its batch is sealed, then take the next: full batches. */
  STICKY,
  /** The next bucket for each row. */
  ROUND_ROBIN
}
