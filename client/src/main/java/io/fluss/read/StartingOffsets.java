package io.fluss.read;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a read begins in each bucket. */
public sealed interface StartingOffsets extends Serializable {

  /** The first offset to read, by bucket. */
  Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets);

  /**
   * With all rows of the table. In the log these are the oldest that are kept; a reader that takes
   * in the lake of the table begins with that, and with the log behind it.
   */
  static StartingOffsets full() {
    return new Full();
  }

  /** With the oldest rows that are kept in the log. */
  static StartingOffsets earliest() {
    return new Earliest();
  }

  /** With what is written from now on. */
  static StartingOffsets latest() {
    return new Latest();
  }

  /** With the first batch stored at or after a time; where there is none, with what comes next. */
  static StartingOffsets timestamp(long epochMillis) {
    return new Timestamp(epochMillis);
  }

  /**
   * At these offsets, which name records of the log: of a log table the batches of rows.
   *
   * @param offsets first offset to read, by bucket
   * @param others of the buckets that are not named
   */
  static StartingOffsets at(Map<TopicPartition, Long> offsets, StartingOffsets others) {
    return new At(offsets, others);
  }

  /** See {@link StartingOffsets#full()}. */
  record Full() implements StartingOffsets {
    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return log.logStart(buckets);
    }
  }

  /** See {@link StartingOffsets#earliest()}. */
  record Earliest() implements StartingOffsets {
    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return log.logStart(buckets);
    }
  }

  /** See {@link StartingOffsets#latest()}. */
  record Latest() implements StartingOffsets {
    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return log.logEnd(buckets);
    }
  }

  /** See {@link StartingOffsets#timestamp(long)}. */
  record Timestamp(long epochMillis) implements StartingOffsets {
    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      // The ends are asked for first: a record that arrives between the two questions is either
      // found by its time or lies behind the end, so none is passed over.
      Map<TopicPartition, Long> offsets = new HashMap<>(log.logEnd(buckets));
      offsets.putAll(log.firstAtOrAfter(epochMillis, buckets));
      return offsets;
    }
  }

  /** See {@link StartingOffsets#at}. */
  record At(Map<TopicPartition, Long> offsets, StartingOffsets others) implements StartingOffsets {

    public At {
      offsets = Map.copyOf(offsets);
    }

    /**
     * @throws io.fluss.FlussException where a bucket has no such offset, any more or yet
     */
    @Override
    public Map<TopicPartition, Long> resolve(LogOffsets log, Collection<TopicPartition> buckets) {
      return NamedOffsets.resolve(
          "begin", offsets, log, buckets, unnamed -> others.resolve(log, unnamed));
    }
  }
}
