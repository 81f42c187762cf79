package io.fluss.read;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a read ends in each bucket; decided once, when the read begins. */
public sealed interface StoppingOffsets extends Serializable {

  /** Whether the read ends at all. */
  boolean bounded();

  /** The first offset that is not read, by bucket; empty where the read never ends. */
  Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets);

  /** Goes on for ever. */
  static StoppingOffsets never() {
    return new Never();
  }

  /** Behind the last row committed when the read begins. */
  static StoppingOffsets latest() {
    return new Latest();
  }

  /**
   * Before the first batch stored at or after a time; where there is none, as {@link #latest()}.
   */
  static StoppingOffsets timestamp(long epochMillis) {
    return new Timestamp(epochMillis);
  }

  /**
   * Before these offsets; in buckets that are not named, as {@link #latest()}.
   *
   * @param offsets first offset that is not read, by bucket
   */
  static StoppingOffsets at(Map<TopicPartition, Long> offsets) {
    return new At(offsets);
  }

  /** See {@link StoppingOffsets#never()}. */
  record Never() implements StoppingOffsets {
    @Override
    public boolean bounded() {
      return false;
    }

    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return Map.of();
    }
  }

  /** See {@link StoppingOffsets#latest()}. */
  record Latest() implements StoppingOffsets {
    @Override
    public boolean bounded() {
      return true;
    }

    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return log.logEnd(buckets);
    }
  }

  /** See {@link StoppingOffsets#timestamp(long)}. */
  record Timestamp(long epochMillis) implements StoppingOffsets {
    @Override
    public boolean bounded() {
      return true;
    }

    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      Map<TopicPartition, Long> offsets = new HashMap<>(log.logEnd(buckets));
      offsets.putAll(log.firstAtOrAfter(epochMillis, buckets));
      return offsets;
    }
  }

  /** See {@link StoppingOffsets#at}. */
  record At(Map<TopicPartition, Long> offsets) implements StoppingOffsets {

    public At {
      offsets = Map.copyOf(offsets);
    }

    @Override
    public boolean bounded() {
      return true;
    }

    /**
     * @throws io.fluss.FlussException where a bucket has no such offset, any more or yet
     */
    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return NamedOffsets.resolve("end", offsets, log, buckets, log::logEnd);
    }
  }
}
