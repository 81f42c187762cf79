package io.fluss.tiering.enumerator;

import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A round while its ranges are read and written.
 *
 * <pre>
 *   waiting --> in work --> done
 *      ^-- reader lost --'
 * </pre>
 *
 * <p>The enumerator's thread.
 */
final class Round {

  /** A range that is lost so often ends the readers that work on it. */
  static final int MOST_LOSSES = 3;

  private final RoundPlan plan;
  private final long begunNanos = System.nanoTime();
  private final Deque<RangeSplit> waiting;

  /** By reader. */
  private final Map<Integer, RangeSplit> inWork = new HashMap<>();

  /** By index of the split. */
  private final Map<Integer, RangeDone> done = new HashMap<>();

  /** By index of the split, how often a reader was lost that had it. */
  private final Map<Integer, Integer> losses = new HashMap<>();

  private boolean committing;

  Round(RoundPlan plan) {
    this.plan = plan;
    this.waiting = new ArrayDeque<>(plan.splits());
  }

  RoundPlan plan() {
    return plan;
  }

  /** Since the round began. */
  long millis() {
    return (System.nanoTime() - begunNanos) / 1_000_000;
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** The next split for a reader, with the time that is left. */
  RangeSplit next(int reader) {
    RangeSplit split = waiting.remove();
    inWork.put(reader, split);
    return split.within(split.maxMillis() - millis());
  }

  /**
   * The reader has lost what it had; another gets it.
   *
   * @return the split, where it was lost too often to be tried again in this round
   */
  Optional<RangeSplit> lost(int reader) {
    RangeSplit split = inWork.remove(reader);
    if (split == null || done.containsKey(split.index())) {
      return Optional.empty();
    }
    waiting.addFirst(split);
    return losses.merge(split.index(), 1, Integer::sum) < MOST_LOSSES
        ? Optional.empty()
        : Optional.of(split);
  }

  /**
   * A split is done.
   *
   * @return false where it was done before, so that this result is of no use
   */
  boolean done(int reader, RangeDone result) {
    RangeSplit split = inWork.get(reader);
    if (split != null && split.index() == result.index()) {
      inWork.remove(reader);
    }
    waiting.removeIf(s -> s.index() == result.index());
    return done.putIfAbsent(result.index(), result) == null;
  }

  boolean isDone() {
    return done.size() == plan.splits().size();
  }

  Collection<RangeDone> results() {
    return done.values();
  }

  /** Readers that have something of it in work. */
  Collection<Integer> readers() {
    return inWork.keySet();
  }

  /** All is done and the commit has begun: nothing can give the round up any more. */
  void committing() {
    committing = true;
  }

  boolean isCommitting() {
    return committing;
  }
}
