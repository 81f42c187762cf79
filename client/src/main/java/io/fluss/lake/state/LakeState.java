package io.fluss.lake.state;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import java.util.Optional;
import java.util.UUID;
import javax.annotation.Nullable;

/**
 * How far a table is tiered, as was last recorded. It may be older than what the lake says itself:
 * a job that dies after a commit has not recorded it. Immutable. {@link LakeStateJson} is how it is
 * stored.
 *
 * @param tableId of the table; the state of another table of this name means nothing
 * @param format the lake's
 * @param newest see {@link #snapshot}, null where there is none
 * @param completeAtMillis records that were appended before this time are in the newest snapshot,
 *     epoch milliseconds; the begin of tiering where that is later, of the lake's present rows or
 *     behind a gap that was accepted. Of another snapshot it says nothing, see {@link
 *     #completeAtMillis(LakeSnapshot)}
 * @param trouble see {@link #problem}, null where all is well
 * @param gapAccepted whether the next round may go on where rows are missing
 */
public record LakeState(
    UUID tableId,
    String format,
    @Nullable LakeSnapshot newest,
    long completeAtMillis,
    @Nullable TieringProblem trouble,
    boolean gapAccepted) {

  /** Of a table that nobody has tiered yet. */
  public static LakeState begun(UUID tableId, String format, long nowMillis) {
    return new LakeState(tableId, format, null, nowMillis, null, false);
  }

  /** The newest snapshot that was committed; empty before the first. */
  public Optional<LakeSnapshot> snapshot() {
    return Optional.ofNullable(newest);
  }

  /** What the newest snapshot has of the log. */
  public LakeOffsets offsets() {
    return newest == null ? LakeOffsets.NONE : newest.offsets();
  }

  /** Why the table is not tiered; empty where all is well. */
  public Optional<TieringProblem> problem() {
    return Optional.ofNullable(trouble);
  }

  /** After a round that succeeded. */
  public LakeState tiered(LakeSnapshot snapshot, long newCompleteAtMillis) {
    return new LakeState(tableId, format, snapshot, newCompleteAtMillis, null, false);
  }

  /** After a look that found nothing new. */
  public LakeState complete(long newCompleteAtMillis) {
    return new LakeState(tableId, format, newest, newCompleteAtMillis, null, false);
  }

  /**
   * With what the lake says itself.
   *
   * @param found the newest snapshot that the lake has, null where it has none
   */
  public LakeState repaired(@Nullable LakeSnapshot found) {
    long completeAt = found == null ? completeAtMillis : completeAtMillis(found);
    return new LakeState(tableId, format, found, completeAt, trouble, gapAccepted);
  }

  /**
   * Since when a snapshot that was found in the lake may lack records, at the earliest:
   *
   * <ul>
   *   <li>One that has what the recorded one has, or more, is as complete as that.
   *   <li>One of a lake that was rolled back: nobody knows, which is 0. The time of the snapshot
   *       does not tell, for it may be that of others' work on the old rows.
   *   <li>Any other, of a lake that was there before this tiering began, or from before a topic: it
   *       has nothing that was appended after it was made.
   * </ul>
   */
  public long completeAtMillis(LakeSnapshot found) {
    LakeOffsets recorded = offsets();
    if (recorded.topics().stream().anyMatch(t -> found.offsets().isBehind(t))) {
      return 0;
    }
    boolean hasAll =
        newest != null
            && recorded.topics().stream()
                .allMatch(t -> found.offsets().topic(t.topicId()).isPresent());
    return hasAll ? completeAtMillis : Math.min(completeAtMillis, found.committedAtMillis());
  }

  /** What is found missing when a table is parked has to be accepted anew. */
  public LakeState with(TieringProblem problem) {
    return new LakeState(
        tableId,
        format,
        newest,
        completeAtMillis,
        problem,
        gapAccepted && !(problem instanceof TieringProblem.Parked));
  }

  /** To be tiered again at once; one that was parked, whatever is missing. */
  public LakeState resumed() {
    LakeState resumed = new LakeState(tableId, format, newest, completeAtMillis, null, gapAccepted);
    return trouble instanceof TieringProblem.Parked ? resumed.acceptingGap() : resumed;
  }

  /** To be tiered on whatever is missing. */
  public LakeState acceptingGap() {
    return new LakeState(tableId, format, newest, completeAtMillis, trouble, true);
  }
}
