package io.fluss.lake.state;

/** Why a table is not tiered. */
public sealed interface TieringProblem {

  /** For the user: what is wrong and what to do. */
  String reason();

  /** When it began, epoch milliseconds. */
  long sinceMillis();

  /**
   * Tiering would lose rows or show wrong ones, so it stands still until somebody says how to go
   * on.
   */
  record Parked(String reason, long sinceMillis) implements TieringProblem {}

  /**
   * Rounds fail; the next one is tried by itself.
   *
   * @param failures how many in a row
   * @param retryAtMillis no sooner, epoch milliseconds
   */
  record Failing(String reason, long sinceMillis, int failures, long retryAtMillis)
      implements TieringProblem {}
}
