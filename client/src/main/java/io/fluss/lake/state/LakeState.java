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
 * @param completeAtMillis records that were appended before this time are in the lake, epoch
 *     milliseconds; the begin of tiering where that is later
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

  /** With what the lake says itself. */
  public LakeState repaired(@Nullable LakeSnapshot found) {
    return new LakeState(tableId, format, found, completeAtMillis, trouble, gapAccepted);
  }

  public LakeState with(TieringProblem problem) {
    return new LakeState(tableId, format, newest, completeAtMillis, problem, gapAccepted);
  }

  /** To be tiered again at once, whatever is missing. */
  public LakeState resumed() {
    return new LakeState(tableId, format, newest, completeAtMillis, null, true);
  }
}
