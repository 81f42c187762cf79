package io.fluss.source.enumerator;

import io.fluss.read.LogGoneException;
import io.fluss.read.LogScan;
import io.fluss.source.split.TableSplit;
import io.fluss.union.LakeUse;
import io.fluss.union.PinnedLake;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the splits of a table once and hands them to the readers: of one without partitions, or of
 * one whose lake alone is read.
 *
 * <pre>
 *   start --discover (worker thread)--> splits pending --reader registers--> assigned
 *                                            ^---------- reader fails ----------'
 * </pre>
 *
 * <p>The set of buckets of a topic does not change, so a reader that got its splits is told that no
 * more will come, in an endless read as well: readers without a bucket end and hold no watermark
 * back. While an endless read runs, the topic's identity is checked again and again, because a
 * topic that is deleted and created anew in between would otherwise go on under the old offsets.
 *
 * <p>All state belongs to the coordinator thread; only {@link SplitDiscovery} runs elsewhere.
 */
public final class LogSplitEnumerator implements SplitEnumerator<TableSplit, EnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(LogSplitEnumerator.class);
  private static final Duration IDENTITY_CHECK_INTERVAL = Duration.ofSeconds(10);

  private final SplitEnumeratorContext<TableSplit> context;
  private final LogScan scan;
  private final SplitDiscovery discovery;
  private final PendingSplits pending;
  private boolean discovered;

  /** Null where the log alone is read, and before it is known. */
  @Nullable private PinnedLake lake;

  /**
   * @param use what is read of the lake
   * @param classLoader which knows the lake's format
   */
  public LogSplitEnumerator(
      SplitEnumeratorContext<TableSplit> context,
      LogScan scan,
      LakeUse use,
      ClassLoader classLoader,
      EnumeratorState state) {
    this.context = context;
    this.scan = scan;
    this.discovery = new SplitDiscovery(scan, new LakeDiscovery(scan, use, classLoader));
    this.pending = new PendingSplits(context, state.unassigned());
    this.discovered = state.discovered();
    this.lake = state.lake();
  }

  @Override
  public void start() {
    if (!discovered) {
      context.callAsync(discovery::discover, this::onDiscovered);
    }
    if (!scan.bounded()) {
      long interval = IDENTITY_CHECK_INTERVAL.toMillis();
      context.callAsync(this::verified, this::onVerified, interval, interval);
    }
  }

  private void onDiscovered(@Nullable Discovered found, @Nullable Throwable failure) {
    if (failure != null) {
      throw new FlinkRuntimeException(
          "Could not begin to read table '" + scan.table().path() + "': " + failure.getMessage(),
          failure);
    }
    pending.add(found.splits());
    lake = found.lake();
    discovered = true;
    assignTo(context.registeredReaders().keySet());
  }

  private boolean verified() {
    discovery.verify();
    return true;
  }

  private void onVerified(@Nullable Boolean verified, @Nullable Throwable failure) {
    if (failure != null && !(failure instanceof LogGoneException)) {
      LOG.warn(
          "Could not check the topic of table '{}'; trying again.", scan.table().path(), failure);
    } else if (failure != null) {
      throw new FlinkRuntimeException(
          "Could not go on reading table '" + scan.table().path() + "': " + failure.getMessage(),
          failure);
    }
  }

  @Override
  public void addReader(int subtask) {
    if (discovered) {
      assignTo(Set.of(subtask));
    }
  }

  @Override
  public void addSplitsBack(List<TableSplit> splits, int subtask) {
    // The reader registers again when it is back; addReader then assigns them.
    pending.addBack(splits, subtask);
  }

  private void assignTo(Set<Integer> readers) {
    pending.assignTo(readers);
    readers.forEach(context::signalNoMoreSplits);
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Splits are pushed: a reader never asks.
  }

  @Override
  public EnumeratorState snapshotState(long checkpointId) {
    return new EnumeratorState(scan.table().id(), discovered, pending.all(), Set.of(), lake);
  }

  @Override
  public void close() {
    discovery.close();
  }
}
