package io.fluss.source.reader;

import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/**
 * What a split has to be read of a lake, handed over as a promise: the task thread reads it while
 * it asks for it, for rows of a lake are good only until the lake is read on, so that nothing would
 * be won by another thread. The order of the handovers is that of the rows: what the fetcher thread
 * hands over behind it, the log of the bucket for instance, comes later.
 */
final class LakeRecords implements RecordsWithSplitIds<SplitRows> {

  private final String splitId;
  private final boolean finishes;
  private final LakeSlices slices;
  private final Runnable whenRead;
  private boolean begun;

  /**
   * @param finishes whether nothing of the split follows
   * @param whenRead called when all has been read and emitted
   */
  LakeRecords(String splitId, boolean finishes, LakeSlices slices, Runnable whenRead) {
    this.splitId = splitId;
    this.finishes = finishes;
    this.slices = slices;
    this.whenRead = whenRead;
  }

  @Nullable
  @Override
  public String nextSplit() {
    if (begun) {
      return null;
    }
    begun = true;
    return splitId;
  }

  @Nullable
  @Override
  public SplitRows nextRecordFromSplit() {
    LakeSlice slice = slices.next();
    if (slice == null) {
      whenRead.run();
    }
    return slice;
  }

  @Override
  public Set<String> finishedSplits() {
    return finishes ? Set.of(splitId) : Set.of();
  }
}
