package io.fluss.tiering.enumerator;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.TopicOffsets;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is neither in the lake nor in the log any more, found while one round is planned. Either all
 * of it is a problem, or somebody has said to go on without. One thread.
 */
final class Gaps {

  private static final int SHOWN = 3;

  private final TableInfo table;
  private final boolean accepted;
  private final List<String> found = new ArrayList<>();

  /**
   * @param accepted whether somebody has said to go on without what is missing
   */
  Gaps(TableInfo table, boolean accepted) {
    this.table = table;
    this.accepted = accepted;
  }

  /**
   * Compares what the lake says with what was recorded of it before: a lake only ever gets more.
   * Topics that are gone do not matter.
   */
  void checkLake(LakeOffsets recorded, LakeOffsets lake, TableLog log) {
    for (TableTopic topic : log.topics()) {
      Optional<TopicOffsets> before = recorded.topic(topic.id());
      for (int b = 0; before.isPresent() && b < before.get().next().size(); b++) {
        long had = before.get().next().get(b);
        long has = lake.next(topic.id(), b);
        if (has < had) {
          found.add(
              "the lake had bucket "
                  + b
                  + RoundPlanner.show(table, topic)
                  + " up to offset "
                  + had
                  + " and has it up to "
                  + has
                  + " now: the lake table was dropped or rolled back");
        }
      }
    }
  }

  /**
   * Where the range of a bucket begins.
   *
   * @param next offset of the first record that the lake does not have
   */
  long start(TableTopic topic, int bucket, long next, long logStart, long logEnd) {
    if (logStart > next) {
      found.add(
          "the lake has bucket "
              + bucket
              + RoundPlanner.show(table, topic)
              + " up to offset "
              + next
              + " and its log starts at "
              + logStart
              + ": rows left the log before they were tiered");
      return logStart;
    }
    if (logEnd < next) {
      found.add(
          "the lake has bucket "
              + bucket
              + RoundPlanner.show(table, topic)
              + " up to offset "
              + next
              + " and its log ends at "
              + logEnd
              + ": the brokers have lost rows");
      return logEnd;
    }
    return next;
  }

  /** Whether rows are missing and left out. */
  boolean skipped() {
    return accepted && !found.isEmpty();
  }

  /** Why the table cannot be tiered on; empty where it can. */
  Optional<String> problem() {
    if (accepted || found.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown = found.stream().limit(SHOWN).toList();
    return Optional.of(
        parked(
            table,
            String.join("; ", shown)
                + (found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : "")
                + "."));
  }

  /** The reason of a table that is parked, with the way on. */
  static String parked(TableInfo table, String what) {
    return "Table '"
        + table.path()
        + "' is not tiered any more, since the lake would be wrong without a sign: "
        + what
        + " Nothing was skipped. To go on all the same: CALL sys.resume_tiering('"
        + table.path()
        + "').";
  }
}
