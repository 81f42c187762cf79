package io.fluss.source;

import io.fluss.partition.PartitionName;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/** Where a read begins, or ends, in each bucket of a table. Immutable. */
@PublicEvolving
public sealed interface OffsetsInitializer extends Serializable {

  /**
   * With all rows of the table: those in its lake first, where it has one, then those of the log.
   *
   * @return where to begin, or to end
   */
  static OffsetsInitializer full() {
    return new Full();
  }

  /**
   * With the oldest rows that are kept in the log.
   *
   * @return where to begin, or to end
   */
  static OffsetsInitializer earliest() {
    return new Earliest();
  }

  /**
   * With the rows written from now on; as an end: with those written until now.
   *
   * @return where to begin, or to end
   */
  static OffsetsInitializer latest() {
    return new Latest();
  }

  /**
   * With what was stored at or after a time.
   *
   * @param epochMillis of the past
   * @return where to begin, or to end
   */
  static OffsetsInitializer timestamp(long epochMillis) {
    return new Timestamp(epochMillis);
  }

  /**
   * At offsets of a table without partitions; as an end, the first that is not read. Offsets are
   * Kafka's: of log tables each names a batch of rows. Buckets that are not named begin with their
   * oldest rows, and end with those written until now.
   *
   * @param byBucket offset by bucket, which are counted from 0
   * @return where to begin, or to end
   */
  static OffsetsInitializer offsets(Map<Integer, Long> byBucket) {
    return new Offsets(byBucket);
  }

  /**
   * At offsets of a partitioned table, else as {@link #offsets}.
   *
   * @param byPartition offset by bucket, by partition
   * @return where to begin, or to end
   */
  static OffsetsInitializer partitionOffsets(
      Map<PartitionName, ? extends Map<Integer, Long>> byPartition) {
    Map<PartitionName, Map<Integer, Long>> copy = new HashMap<>();
    byPartition.forEach((partition, byBucket) -> copy.put(partition, Map.copyOf(byBucket)));
    return new PartitionOffsets(copy);
  }

  /** See {@link OffsetsInitializer#full()}. */
  record Full() implements OffsetsInitializer {}

  /** See {@link OffsetsInitializer#earliest()}. */
  record Earliest() implements OffsetsInitializer {}

  /** See {@link OffsetsInitializer#latest()}. */
  record Latest() implements OffsetsInitializer {}

  /**
   * See {@link OffsetsInitializer#timestamp(long)}.
   *
   * @param epochMillis of the past
   * @serial exclude
   */
  record Timestamp(long epochMillis) implements OffsetsInitializer {}

  /**
   * See {@link OffsetsInitializer#offsets(Map)}.
   *
   * @param byBucket offset by bucket
   * @serial exclude
   */
  record Offsets(Map<Integer, Long> byBucket) implements OffsetsInitializer {
    /**
     * Copies the map.
     *
     * @param byBucket ??byBucket
     */
    public Offsets {
      byBucket = Map.copyOf(byBucket);
    }
  }

  /**
   * See {@link OffsetsInitializer#partitionOffsets(Map)}.
   *
   * @param byPartition offset by bucket, by partition
   * @serial exclude
   */
  record PartitionOffsets(Map<PartitionName, Map<Integer, Long>> byPartition)
      implements OffsetsInitializer {
    /**
     * Copies the map.
     *
     * @param byPartition ??byPartition
     */
    public PartitionOffsets {
      byPartition = Map.copyOf(byPartition);
    }
  }
}
