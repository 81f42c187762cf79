package io.fluss.source.table;

/** Values of {@code scan.startup.mode}. */
public enum StartupMode {
  /** The table's rows as of now, then its changes; of a log table, all rows that are kept. */
  FULL,
  EARLIEST,
  LATEST,
  TIMESTAMP
}
