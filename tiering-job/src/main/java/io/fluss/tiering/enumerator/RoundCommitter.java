package io.fluss.tiering.enumerator;

import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.state.LakeState;
import io.fluss.table.TableInfo;
import io.fluss.tiering.split.RangeDone;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends rounds.
 *
 * <pre>
 *   commit to the lake -> offsets to metadata -> care of the lake -> old records -> table given back
 * </pre>
 *
 * <p>Only the first step counts, and the lake lets it succeed only where it still has what the
 * round began with. Whoever dies behind it leaves old offsets in metadata and a lease that ends;
 * the next round begins with what the lake says. Thread-safe.
 */
final class RoundCommitter {

  private static final Logger LOG = LoggerFactory.getLogger(RoundCommitter.class);

  private final Connections connections;
  private final Claims claims;
  private final LogRetention retention;

  RoundCommitter(Connections connections, Claims claims, LogRetention retention) {
    this.connections = connections;
    this.claims = claims;
    this.retention = retention;
  }

  /** Commits a round all of whose ranges are done. */
  RoundEnd commit(RoundPlan plan, Collection<RangeDone> results) {
    List<byte[]> written = written(results);
    long completeAt = plan.completeAtMillis(results);
    LakeOffsets to = plan.to(results);
    if (written.isEmpty() && !movesOffsets(plan, to)) {
      LakeState complete = plan.state().complete(completeAt);
      claims.giveBack(plan.claim(), plan.skipsGap() ? complete.acceptingGap() : complete);
      return new RoundEnd.Empty();
    }
    try (LakeCommitter committer = connections.lake().committer(plan.table())) {
      RoundEnd end = commit(committer, plan, written, to);
      if (end instanceof RoundEnd.Committed committed) {
        conclude(committer, plan, plan.state().tiered(committed.snapshot(), completeAt), to);
      } else if (end instanceof RoundEnd.Overtaken) {
        claims.giveBack(plan.claim());
      } else if (end instanceof RoundEnd.Failed failed) {
        claims.fail(plan.claim(), plan.state(), failed.reason());
      }
      return end;
    } catch (RuntimeException | Error e) {
      // The committer could not be opened or closed.
      LOG.warn("Could not end a round of table '{}'.", plan.table().path(), e);
      claims.fail(plan.claim(), plan.state(), Claims.reason(e));
      return new RoundEnd.Failed(Claims.reason(e));
    }
  }

  /**
   * Whether offsets alone are committed. Behind a snapshot each record is wanted: where the log has
   * none any more, nobody could tell that the range was read and held no rows. Without a snapshot
   * tiering begins with what the log has then.
   */
  private static boolean movesOffsets(RoundPlan plan, LakeOffsets to) {
    return plan.state().snapshot().isPresent() && !to.equals(plan.from());
  }

  /** What follows a commit; nothing where the table is another job's by now, or was dropped. */
  private void conclude(
      LakeCommitter committer, RoundPlan plan, LakeState tiered, LakeOffsets inLake) {
    if (!claims.record(plan.claim(), tiered)) {
      return;
    }
    maintain(committer, plan.table());
    if (retention.isDue(plan.table())) {
      retention.apply(
          plan.table(), plan.topics().stream().map(PlannedTopic::topic).toList(), inLake);
    }
    claims.giveBack(plan.claim());
  }

  private static List<byte[]> written(Collection<RangeDone> results) {
    return results.stream().map(RangeDone::written).filter(Objects::nonNull).toList();
  }

  private RoundEnd commit(
      LakeCommitter committer, RoundPlan plan, List<byte[]> written, LakeOffsets to) {
    int files = committer.files(written);
    try {
      return new RoundEnd.Committed(committer.commit(written, plan.from(), to), files);
    } catch (LakeConflictException e) {
      // Another round with the same outcome may have been faster. Or it was this one, whose commit
      // was tried again by the format: then its files are the lake's.
      LOG.info("{}", e.getMessage());
      RoundEnd end = lookAgain(plan, to, files, e);
      if (end instanceof RoundEnd.Overtaken) {
        abort(committer, plan.table(), written);
      }
      return end;
    } catch (LakeCommitUnknownException e) {
      LOG.warn("Does the lake have a round of table '{}'?", plan.table().path(), e);
      return lookAgain(plan, to, files, e);
    } catch (RuntimeException | Error e) {
      // Whatever went wrong may have gone wrong behind the commit, and then its files are the
      // lake's.
      LOG.warn("Could not commit a round of table '{}'.", plan.table().path(), e);
      RoundEnd end = lookAgain(plan, to, files, e);
      if (end instanceof RoundEnd.Failed failed && failed.lakeIsAsBefore()) {
        abort(committer, plan.table(), written);
      }
      return end;
    }
  }

  /**
   * Asks the lake what became of a commit. Where that is unknown its files are left alone even if
   * it shows none: a commit that is still on its way must not find them gone.
   */
  private RoundEnd lookAgain(RoundPlan plan, LakeOffsets to, int files, Throwable unknown) {
    Optional<LakeSnapshot> latest;
    try {
      latest = connections.lake().latestSnapshot(plan.table());
    } catch (RuntimeException | Error e) {
      unknown.addSuppressed(e);
      return new RoundEnd.Failed(Claims.reason(unknown));
    }
    if (latest.filter(s -> s.offsets().equals(to)).isPresent()) {
      return new RoundEnd.Committed(latest.get(), files);
    }
    return latest.map(LakeSnapshot::offsets).orElse(LakeOffsets.NONE).equals(plan.from())
        ? new RoundEnd.Failed(Claims.reason(unknown), true)
        : new RoundEnd.Overtaken(Claims.reason(unknown));
  }

  private static void maintain(LakeCommitter committer, TableInfo table) {
    try {
      committer.maintain();
    } catch (RuntimeException | Error e) {
      LOG.warn("Could not look after lake table '{}'; trying again next time.", table.path(), e);
    }
  }

  /** Ends a round of which a range has failed: what others have written goes. */
  RoundEnd fail(RoundPlan plan, Collection<RangeDone> results, String reason, boolean isGap) {
    abort(plan, results);
    if (isGap) {
      claims.park(plan.claim(), plan.state(), Gaps.parked(plan.table(), reason));
    } else {
      claims.fail(plan.claim(), plan.state(), reason);
    }
    return new RoundEnd.Failed(reason);
  }

  /** Gives up a round that is not this job's any more, or that nobody is left to end. */
  void giveUp(RoundPlan plan, Collection<RangeDone> results) {
    abort(plan, results);
    claims.giveBack(plan.claim());
  }

  /** Deletes files that are of no use; does its best. */
  void abort(RoundPlan plan, Collection<RangeDone> results) {
    List<byte[]> written = written(results);
    if (written.isEmpty()) {
      return;
    }
    try (LakeCommitter committer = connections.lake().committer(plan.table())) {
      abort(committer, plan.table(), written);
    } catch (RuntimeException | Error e) {
      LOG.warn("Could not delete files of table '{}'.", plan.table().path(), e);
    }
  }

  private static void abort(LakeCommitter committer, TableInfo table, List<byte[]> written) {
    try {
      committer.abort(written);
    } catch (RuntimeException | Error e) {
      LOG.warn("Could not delete files of table '{}'.", table.path(), e);
    }
  }
}
