package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/**
 * What one fetch brought: decoded batches by split, cut into slices as the task takes them. Built
 * by the fetcher thread, then used by the task thread only.
 */
final class FetchedBatches implements RecordsWithSplitIds<SplitRows> {

  /**
   * Most rows of a slice: enough to make its cost vanish, few enough to keep the task responsive.
   */
  private static final int SLICE_ROWS = 1024;

  /** Most stored bytes of a slice, for rows so large that 1024 of them would hold up the task. */
  private static final int SLICE_BYTES = 1 << 20;

  private final Queue<SplitBatches> splits;
  private final Set<String> finished;
  private Queue<RowSlice> batches = new ArrayDeque<>();
  @Nullable private RowSlice current;
  private int sliceRows;
  private int next;

  private FetchedBatches(Queue<SplitBatches> splits, Set<String> finished) {
    this.splits = splits;
    this.finished = finished;
  }

  @Nullable
  @Override
  public String nextSplit() {
    SplitBatches split = splits.poll();
    if (split == null) {
      return null;
    }
    batches = split.batches;
    current = null;
    return split.id;
  }

  @Nullable
  @Override
  public RowSlice nextRecordFromSplit() {
    if (current == null || next == current.to()) {
      current = batches.poll();
      if (current == null) {
        return null;
      }
      next = current.from();
      sliceRows = sliceRows(current.batch());
    }
    int from = next;
    next = Math.min(from + sliceRows, current.to());
    return new RowSlice(current.batch(), from, next);
  }

  private static int sliceRows(LogBatch batch) {
    int bytesPerRow = batch.sizeInBytes() / Math.max(1, batch.rows().rowCount());
    return Math.max(1, Math.min(SLICE_ROWS, SLICE_BYTES / Math.max(1, bytesPerRow)));
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }

  private record SplitBatches(String id, Queue<RowSlice> batches) {}

  /** Gathers a fetch; used by the fetcher thread. */
  static final class Builder {

    private final Map<String, Queue<RowSlice>> batches = new LinkedHashMap<>();

    /** Adds the wanted range of a batch, behind the split's earlier ones. */
    void add(String splitId, RowSlice range) {
      batches.computeIfAbsent(splitId, id -> new ArrayDeque<>()).add(range);
    }

    FetchedBatches build(Set<String> finished) {
      Queue<SplitBatches> splits = new ArrayDeque<>(batches.size());
      batches.forEach((id, slices) -> splits.add(new SplitBatches(id, slices)));
      return new FetchedBatches(splits, Set.copyOf(finished));
    }
  }
}
