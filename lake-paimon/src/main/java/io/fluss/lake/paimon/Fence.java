package io.fluss.lake.paimon;

import io.fluss.lake.LakeOffsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import javax.annotation.Nullable;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.SnapshotCommit;
import org.apache.paimon.partition.PartitionStatistics;

/**
 * Puts a snapshot in place only while the lake has the offsets that a round began with.
 *
 * <p>That is one step with putting it in place: snapshot n is put in place only where there is no
 * snapshot n yet, by whatever Paimon's catalog has for that. Snapshot n - 1 never changes, so what
 * it says of the log holds for as long as n can still be put in place. If another round commits in
 * between, it takes n.
 *
 * <p>For one attempt; one thread.
 */
final class Fence implements SnapshotCommit {

  /** How far the attempt has come. */
  enum State {
    /** Nothing was tried. */
    CLOSED,
    /** The lake has other offsets. */
    CONFLICT,
    /** It was tried, and did not come back: it may be in place. */
    UNKNOWN,
    /** Somebody else has put another snapshot in its place. */
    OVERTAKEN,
    /** It is in place. */
    PLACED
  }

  private final SnapshotCommit catalog;
  private final LongFunction<LakeOffsets> offsetsOfSnapshot;
  private final LakeOffsets expected;
  private State state = State.CLOSED;
  @Nullable private LakeOffsets found;
  @Nullable private Snapshot snapshot;

  /**
   * @param catalog what puts snapshots in place
   * @param offsetsOfSnapshot what snapshots say of the log; of 0, which there never is, that the
   *     lake has nothing
   */
  Fence(SnapshotCommit catalog, LongFunction<LakeOffsets> offsetsOfSnapshot, LakeOffsets expected) {
    this.catalog = catalog;
    this.offsetsOfSnapshot = offsetsOfSnapshot;
    this.expected = expected;
  }

  State state() {
    return state;
  }

  /** The offsets of the lake in the state CONFLICT. */
  Optional<LakeOffsets> found() {
    return Optional.ofNullable(found);
  }

  /** What was tried to be put in place. */
  Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  @Override
  public boolean commit(Snapshot next, String branch, List<PartitionStatistics> statistics)
      throws Exception {
    LakeOffsets offsets = offsetsOfSnapshot.apply(next.id() - 1);
    if (!offsets.equals(expected)) {
      found = offsets;
      state = State.CONFLICT;
      throw new IllegalStateException("The lake has other offsets than this round began with.");
    }
    snapshot = next;
    state = State.UNKNOWN;
    boolean placed = catalog.commit(next, branch, statistics);
    state = placed ? State.PLACED : State.OVERTAKEN;
    return placed;
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (Exception e) {
      throw new IllegalStateException("The catalog of a commit cannot be closed.", e);
    }
  }
}
