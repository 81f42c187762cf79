package io.fluss.tiering.enumerator;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.TieringClaim;
import io.fluss.table.TableInfo;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one round of a table moves.
 *
 * @param id of the round, never used twice
 * @param state how far the table was tiered before, with what the lake says itself
 * @param from what the lake has of the log
 * @param kept of that, what concerns topics that this round does not touch
 * @param skipsGap whether rows that are missing in the log are left out, as somebody has asked for
 * @param plannedAtMillis before the ends of the log were asked for, epoch milliseconds
 * @param splits at least one, by their index
 */
record RoundPlan(
    long id,
    TieringClaim claim,
    LakeState state,
    LakeOffsets from,
    List<TopicOffsets> kept,
    List<PlannedTopic> topics,
    boolean skipsGap,
    long plannedAtMillis,
    List<RangeSplit> splits) {

  TableInfo table() {
    return claim.table();
  }

  /** What the lake has of the log with the results of all splits. */
  LakeOffsets to(Collection<RangeDone> results) {
    List<TopicOffsets> offsets = new ArrayList<>(kept);
    for (PlannedTopic topic : topics) {
      long[] next = topic.starts().clone();
      long maxTimestamp = -1;
      for (RangeDone result : results) {
        RangeSplit split = splits.get(result.index());
        if (split.topicId().equals(topic.topic().id())) {
          next[split.bucket()] = result.next();
          maxTimestamp = Math.max(maxTimestamp, result.maxTimestampMillis());
        }
      }
      offsets.add(topic.reached(next, maxTimestamp));
    }
    return new LakeOffsets(offsets);
  }

  /** Whether the results have all that the round was to move. */
  boolean isComplete(Collection<RangeDone> results) {
    return results.stream().allMatch(r -> r.next() >= splits.get(r.index()).end());
  }

  /**
   * Records that were appended before this time are in the lake with the results; or no delete is
   * missed that was compacted away before it. The latter is so for topics that the lake has nothing
   * of, whose rows are read anew, and it is taken to be so where somebody has accepted a gap: a
   * round that is cut there is gone on from like any other.
   */
  long completeAtMillis(Collection<RangeDone> results) {
    if (!kept.isEmpty()) {
      return state.completeAtMillis();
    }
    long complete = plannedAtMillis;
    for (RangeDone result : results) {
      RangeSplit split = splits.get(result.index());
      if (result.next() < split.end() && !startsAnew(split)) {
        complete = Math.min(complete, result.lastTimestampMillis());
      }
    }
    return Math.max(complete, state.completeAtMillis());
  }

  private boolean startsAnew(RangeSplit split) {
    return claim.state().gapAccepted() || from.topic(split.topicId()).isEmpty();
  }
}
