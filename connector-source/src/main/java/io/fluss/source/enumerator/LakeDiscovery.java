package io.fluss.source.enumerator;

import io.fluss.admin.TableAdmin;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.state.LakeState;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogScan;
import io.fluss.source.enumerator.SplitRanges.Ranges;
import io.fluss.source.split.TableSplit;
import io.fluss.union.LakeGapException;
import io.fluss.union.LakeUse;
import io.fluss.union.LogBehindLake;
import io.fluss.union.PinnedLake;
import io.fluss.union.UnionPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.annotation.Nullable;

/**
 * What the lake of a table has, put to what its log has. Blocks on the network.
 *
 * <p>The enumerator asks in its worker thread and closes in another; a question that is asked at
 * that time fails.
 */
final class LakeDiscovery implements AutoCloseable {

  private final LogScan scan;
  private final LakeUse use;
  private final ClassLoader classLoader;
  @Nullable private LakeStorage lake;
  private boolean closed;

  /**
   * @param classLoader which knows the format
   */
  LakeDiscovery(LogScan scan, LakeUse use, ClassLoader classLoader) {
    this.scan = scan;
    this.use = use;
    this.classLoader = classLoader;
  }

  /** Whether the lake is read and the log is not. */
  boolean isAlone() {
    return use instanceof LakeUse.Alone;
  }

  /** Whether of the lake only partitions are read that the log has not. */
  boolean isOfGonePartitions() {
    return use instanceof LakeUse.GonePartitions;
  }

  /**
   * All splits: those of the log, and of the lake those whose topics are gone.
   *
   * @param log the splits of the whole log
   * @param gone of topics that the log has no splits of, those that are really gone
   */
  Discovered withGonePartitions(Supplier<Ranges> log, UnaryOperator<Set<String>> gone) {
    Optional<UnionPlan> pinned = pin();
    Ranges ranges = log.get();
    List<TableSplit> splits =
        pinned
            .map(plan -> new UnionSplits(scan, plan).withGone(ranges, gone))
            .orElse(List.copyOf(ranges.splits()));
    // Nothing of the log goes on behind the snapshot.
    return new Discovered(splits, null);
  }

  /** All splits of the lake. */
  Discovered alone() {
    return pin()
        .map(plan -> new Discovered(new UnionSplits(scan, plan).alone(), plan.lake()))
        .orElse(new Discovered(List.of(), null));
  }

  /**
   * All splits, of log and lake.
   *
   * @param log the splits of the log behind a snapshot, of the whole log where there is none
   * @throws LakeGapException where there are records in neither
   */
  Discovered discover(Function<Optional<LogBehindLake>, Ranges> log) {
    Optional<UnionPlan> pinned = pin();
    while (pinned.isPresent()) {
      UnionPlan plan = pinned.get();
      try {
        return joined(plan, log.apply(Optional.of(behind(plan))));
      } catch (LakeGapException e) {
        // Records may have been tiered and removed from the log since the snapshot was pinned.
        pinned = pin().filter(newer -> !isSame(newer, plan));
        if (pinned.isEmpty()) {
          throw e;
        }
      }
    }
    return new Discovered(List.copyOf(log.apply(Optional.empty()).splits()), null);
  }

  private static boolean isSame(UnionPlan one, UnionPlan other) {
    return one.lake().snapshot().id() == other.lake().snapshot().id();
  }

  private LogBehindLake behind(UnionPlan plan) {
    return new LogBehindLake(scan.table(), plan.lake());
  }

  private Discovered joined(UnionPlan plan, Ranges log) {
    boolean inOrder = use instanceof LakeUse.BeforeLog before && before.inOrder();
    return new Discovered(new UnionSplits(scan, plan).with(log, inOrder), plan.lake());
  }

  private Optional<UnionPlan> pin() {
    if (use instanceof LakeUse.None) {
      return Optional.empty();
    }
    LakeSettings settings = use.settings().orElseThrow();
    // First what is known of the lake, then the lake: it has no less than that.
    Optional<LakeState> told = readable();
    return UnionPlan.of(
        scan,
        lake(settings),
        snapshot -> told.map(s -> s.completeAtMillis(snapshot)).orElse(PinnedLake.UNKNOWN));
  }

  /** Whether deletes behind the lake go from the log some day. */
  private boolean deletesMatter() {
    return use instanceof LakeUse.BeforeLog
        && scan.table().hasPrimaryKey()
        && scan.table().mergeEngine() == MergeEngine.LAST_ROW;
  }

  /**
   * What is known of the lake, where that matters.
   *
   * @throws io.fluss.acl.AccessRefusedException where rows of the table may not be read: who reads
   *     no row of the log is not refused by Kafka
   */
  private Optional<LakeState> readable() {
    try (TableAdmin tables = TableAdmin.connect(scan.client())) {
      tables.requireReadable(scan.table());
      return deletesMatter() ? tables.lakeState(scan.table()) : Optional.empty();
    }
  }

  private synchronized LakeStorage lake(LakeSettings settings) {
    if (closed) {
      throw new IllegalStateException("The discovery of " + scan.table().path() + " is closed.");
    }
    if (lake == null) {
      lake = settings.open(scan.table(), classLoader);
    }
    return lake;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (lake != null) {
      lake.close();
      lake = null;
    }
  }
}
