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

  /** Records that were appended before this time are in the lake with the results. */
  long completeAtMillis(Collection<RangeDone> results) {
    long complete = plannedAtMillis;
    for (RangeDone result : results) {
      if (result.next() < splits.get(result.index()).end()) {
        complete = Math.min(complete, result.lastTimestampMillis());
      }
    }
    return Math.max(complete, state.completeAtMillis());
  }
}
