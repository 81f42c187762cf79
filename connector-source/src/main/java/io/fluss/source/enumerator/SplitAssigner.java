package io.fluss.source.enumerator;

import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.TableBucket;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which reader reads what, as evenly as can be. */
final class SplitAssigner {

  /** What a file costs beside its bytes, in bytes: opening it. */
  private static final long OPEN_BYTES = 1 << 20;

  private SplitAssigner() {}

  /**
   * The reader of a bucket's log: the same one for the same parallelism. The buckets of a topic go
   * round the readers, beginning at a place that depends on the topic, so that many small
   * partitions do not all land on the first reader.
   */
  static int readerOf(TableBucket bucket, int parallelism) {
    int first = Math.floorMod(bucket.topic().hashCode() * 31, parallelism);
    return (first + bucket.index()) % parallelism;
  }

  /**
   * The readers of splits of a lake, by split: any reader will do, so the largest are given out
   * first, each to the reader that has least to read.
   */
  static Map<String, Integer> readersOf(Collection<LakeTableSplit> splits, int parallelism) {
    List<LakeTableSplit> largestFirst =
        splits.stream()
            .sorted(
                Comparator.comparingLong((LakeTableSplit s) -> s.lake().bytes())
                    .reversed()
                    .thenComparing(LakeTableSplit::splitId))
            .toList();
    long[] load = new long[parallelism];
    Map<String, Integer> readers = new HashMap<>();
    for (LakeTableSplit split : largestFirst) {
      int least = 0;
      for (int reader = 1; reader < parallelism; reader++) {
        least = load[reader] < load[least] ? reader : least;
      }
      load[least] += split.lake().bytes() + OPEN_BYTES;
      readers.put(split.splitId(), least);
    }
    return readers;
  }
}
