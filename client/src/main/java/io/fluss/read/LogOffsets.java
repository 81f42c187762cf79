package io.fluss.read;

import java.util.Collection;
import java.util.Map;

/** Asks where the log of each bucket begins, ends and stood at a time. May block on the network. */
public interface LogOffsets {

  /** Offset of the oldest record kept, by bucket. */
  Map<Integer, Long> logStart(Collection<Integer> buckets);

  /** The offset behind the last record that committed readers see, by bucket. */
  Map<Integer, Long> logEnd(Collection<Integer> buckets);

  /** Offset of the first record at or after a time, for the buckets that have such a record. */
  Map<Integer, Long> firstAtOrAfter(long epochMillis, Collection<Integer> buckets);
}
