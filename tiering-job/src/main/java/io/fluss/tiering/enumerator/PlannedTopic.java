package io.fluss.tiering.enumerator;

import io.fluss.lake.TopicOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a round means to tier of one topic.
 *
 * @param starts by bucket, offset of the first record that the lake does not have
 * @param ends by bucket, at or behind its start
 * @param maxTimestampMillis of what the lake has of the topic, -1 where it has nothing
 * @param hasFormerRows see {@link TopicOffsets}
 */
record PlannedTopic(
    TableTopic topic, long[] starts, long[] ends, long maxTimestampMillis, boolean hasFormerRows) {

  /** How many buckets have something to tier. */
  long ranges() {
    return IntStream.range(0, starts.length).filter(b -> starts[b] < ends[b]).count();
  }

  /** What the lake has when these offsets are reached. */
  TopicOffsets reached(long[] next, long newMaxTimestampMillis) {
    List<Long> offsets = new ArrayList<>(next.length);
    for (long offset : next) {
      offsets.add(offset);
    }
    return new TopicOffsets(
        topic.partition(),
        topic.id(),
        offsets,
        Math.max(maxTimestampMillis, newMaxTimestampMillis),
        hasFormerRows);
  }
}
