package io.fluss.options;

/** Which of several rows of one primary key a table keeps. */
public enum MergeEngine {
  /** The one written last. The default. */
  LAST_ROW,
  /** The one written first; later ones are dropped. */
  FIRST_ROW,
  /** The one with the greatest value in the version column. */
  VERSIONED
}
