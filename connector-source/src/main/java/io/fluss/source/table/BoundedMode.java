package io.fluss.source.table;

/** Values of {@code scan.bounded.mode}. */
public enum BoundedMode {
  /** Never ends; a batch query reads to {@link #LATEST} instead. */
  UNBOUNDED,
  LATEST,
  TIMESTAMP
}
