package io.fluss.source.enumerator;

import io.fluss.admin.PartitionMaintenance;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogScan;
import io.fluss.source.split.PartitionsAssigned;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.source.split.TopicsGone;
import io.fluss.union.LakeUse;
import io.fluss.union.PinnedLake;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes splits of a table's partitions as these come, hands them to the readers, and takes them
 * from the readers as the partitions go.
 *
 * <pre>
 *   first look:   all wanted partitions, ranges as the read says
 *   later looks:  appeared -> read from the beginning
 *                 gone     -> readers and state let them go
 *                 replaced -> the job fails; once restored, old splits go and new ones are read
 * </pre>
 *
 * <p>What a bounded read reads is decided by the first look, which is its only one; its readers
 * notice where a partition is dropped under them. In an endless read, also a restored one looks
 * anew at once, since partitions may have come and gone meanwhile.
 *
 * <p><b>Why nothing is read twice or left out.</b> A partition is known from the look that made its
 * splits until the look that misses it, and both change what is known in one step with the splits,
 * in the coordinator thread, so a checkpoint has both or neither. A reader never decides by itself
 * that a partition is gone: it waits until it is told, see {@link TopicsGone}.
 *
 * <p>All state belongs to the coordinator thread; only {@link PartitionDiscovery} runs elsewhere,
 * and sees what is known as it was when it began.
 */
public final class PartitionedSplitEnumerator
    implements SplitEnumerator<TableSplit, EnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionedSplitEnumerator.class);

  /** Of an endless read that looks once: its readers would go on in another topic of the name. */
  private static final Duration IDENTITY_CHECK_INTERVAL = Duration.ofSeconds(10);

  private final SplitEnumeratorContext<TableSplit> context;
  private final LogScan scan;
  private final long intervalMillis;
  private final PartitionDiscovery discovery;
  private final PendingSplits pending;

  /** Null in a bounded read, and before the start. */
  @Nullable private PartitionMaintenance maintenance;

  /** Replaced as a whole, for the worker thread reads it. */
  private volatile Set<TopicIdentity> known;

  /** Those that went since this enumerator was started, for readers that come back later. */
  private final Set<TopicIdentity> gone = new HashSet<>();

  /** Whether there has been a look, in this or in an earlier life. */
  private volatile boolean discovered;

  private boolean lookedSinceStart;

  /** Null where the log alone is read, and before it is known; the worker thread reads it. */
  @Nullable private volatile PinnedLake lake;

  /**
   * What the first look found; null before, and where it was in an earlier life. The worker's own:
   * it may look again before the coordinator has taken what the first look brought.
   */
  @Nullable private PartitionChange foundFirst;

  /**
   * @param use what is read of the lake
   * @param classLoader which knows the lake's format
   * @param discoveryInterval between looks of an endless read; 0 or less: it has one only, and then
   *     only makes sure that nothing was replaced
   */
  public PartitionedSplitEnumerator(
      SplitEnumeratorContext<TableSplit> context,
      LogScan scan,
      LakeUse use,
      ClassLoader classLoader,
      Duration discoveryInterval,
      EnumeratorState state) {
    this.context = context;
    this.scan = scan;
    this.intervalMillis = discoveryInterval.toMillis();
    this.discovery = new PartitionDiscovery(scan, new LakeDiscovery(scan, use, classLoader));
    this.pending = new PendingSplits(context, state.unassigned());
    this.known = state.partitions();
    this.discovered = state.discovered();
    this.lake = state.lake();
  }

  @Override
  public void start() {
    if (!scan.bounded()) {
      maintenance = PartitionMaintenance.start(scan.table(), scan.client());
    }
    if (looksAgain()) {
      context.callAsync(this::look, this::onLook, 0, intervalMillis);
    } else if (!scan.bounded() || !discovered) {
      context.callAsync(this::look, this::onLook);
    }
    if (!scan.bounded() && !looksAgain()) {
      long interval = IDENTITY_CHECK_INTERVAL.toMillis();
      context.callAsync(this::replaced, this::onReplaced, interval, interval);
    }
  }

  private boolean looksAgain() {
    return !scan.bounded() && intervalMillis > 0;
  }

  /** In the worker thread. */
  private PartitionChange look() {
    if (discovered) {
      return discovery.since(known, lake);
    }
    if (foundFirst != null) {
      return discovery.since(foundFirst.appeared(), foundFirst.lake());
    }
    foundFirst = discovery.first();
    return foundFirst;
  }

  /** In the worker thread. */
  private Set<TopicIdentity> replaced() {
    return discovery.replaced(known);
  }

  private void onReplaced(@Nullable Set<TopicIdentity> replaced, @Nullable Throwable failure) {
    if (failure instanceof LogGoneException) {
      onFailure(failure);
    } else if (failure != null) {
      LOG.warn(
          "Could not check the partitions of table '{}'; trying again.",
          scan.table().path(),
          failure);
    } else {
      requireNone(replaced);
    }
  }

  private void onLook(@Nullable PartitionChange found, @Nullable Throwable failure) {
    if (failure != null) {
      onFailure(failure);
      return;
    }
    PartitionChange change = found.relativeTo(known);
    if (!lookedSinceStart || !change.isNone()) {
      requireNoneReplaced(change);
      requireNoneBack(change);
      letGo(change.gone());
      pending.add(change.splits());
      Set<TopicIdentity> nowKnown = new HashSet<>(known);
      nowKnown.removeAll(change.gone());
      nowKnown.addAll(change.appeared());
      known = Set.copyOf(nowKnown);
      lake = discovered ? lake : change.lake();
      discovered = true;
      lookedSinceStart = true;
      assignTo(context.registeredReaders().keySet());
    }
  }

  private void onFailure(Throwable failure) {
    if (discovered && looksAgain() && !(failure instanceof LogGoneException)) {
      LOG.warn(
          "Could not look for new partitions of table '{}'; trying again in {} ms.",
          scan.table().path(),
          intervalMillis,
          failure);
      return;
    }
    throw new FlinkRuntimeException(
        "Could not "
            + (discovered ? "go on reading" : "begin to read")
            + " table '"
            + scan.table().path()
            + "': "
            + failure.getMessage(),
        failure);
  }

  /** Right after the start, positions in the old topic have not been used in the new one. */
  private void requireNoneReplaced(PartitionChange change) {
    if (lookedSinceStart) {
      requireNone(change.replaced());
    }
  }

  private void requireNone(Collection<TopicIdentity> replaced) {
    if (!replaced.isEmpty()) {
      throw new FlinkRuntimeException(
          "Partitions of table '"
              + scan.table().path()
              + "' were dropped and created again while they were read: "
              + replaced
              + ". The job has to be restored from its last checkpoint, which Flink does where it"
              + " may restart; the new partitions are then read from their beginning.");
    }
  }

  private void requireNoneBack(PartitionChange change) {
    Set<TopicIdentity> back = new HashSet<>(change.appeared());
    back.retainAll(gone);
    if (!back.isEmpty()) {
      throw new FlinkRuntimeException(
          "Kafka did not list partitions of table '"
              + scan.table().path()
              + "' for a while, and does again: "
              + back
              + ". Their splits were let go. Restore the job from a checkpoint before that.");
    }
  }

  private void letGo(Set<TopicIdentity> topics) {
    if (topics.isEmpty()) {
      return;
    }
    LOG.info(
        "Partitions of table '{}' were dropped and are read no more: {}",
        scan.table().path(),
        topics);
    gone.addAll(topics);
    TopicsGone news = new TopicsGone(topics);
    pending.replaceAll(s -> s.without(news));
    context.registeredReaders().keySet().forEach(r -> context.sendEventToSourceReader(r, news));
  }

  @Override
  public void addReader(int subtask) {
    if (!gone.isEmpty()) {
      context.sendEventToSourceReader(subtask, new TopicsGone(gone));
    }
    if (discovered) {
      assignTo(Set.of(subtask));
    }
  }

  @Override
  public void addSplitsBack(List<TableSplit> splits, int subtask) {
    // The reader registers again when it is back; addReader then assigns them.
    pending.addBack(splits, subtask);
    TopicsGone news = new TopicsGone(gone);
    pending.replaceAll(s -> s.without(news));
  }

  private void assignTo(Set<Integer> readers) {
    pending.assignTo(readers);
    if (scan.bounded() || lookedSinceStart && !looksAgain()) {
      readers.forEach(context::signalNoMoreSplits);
    } else if (lookedSinceStart) {
      readers.forEach(r -> context.sendEventToSourceReader(r, new PartitionsAssigned()));
    }
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Splits are pushed: a reader never asks.
  }

  @Override
  public EnumeratorState snapshotState(long checkpointId) {
    return new EnumeratorState(scan.table().id(), discovered, pending.all(), known, lake);
  }

  @Override
  public void close() {
    discovery.close();
    if (maintenance != null) {
      maintenance.close();
    }
  }
}
