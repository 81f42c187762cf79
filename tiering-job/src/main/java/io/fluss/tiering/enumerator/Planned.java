package io.fluss.tiering.enumerator;

/** What became of a table that was due. */
sealed interface Planned {

  /** A round can begin. */
  record Round(RoundPlan plan) implements Planned {}

  /** The lake has all that the log has. */
  record NothingNew() implements Planned {}

  /** Another job has it, or it is not to be tiered any more. */
  record NotOurs() implements Planned {}

  /** It is parked now, or waits for the next try; that is recorded. */
  record Refused(String reason) implements Planned {}
}
