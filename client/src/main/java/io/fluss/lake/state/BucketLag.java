package io.fluss.lake.state;

import io.fluss.partition.PartitionName;
import java.util.OptionalLong;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * How far the lake is behind the log of one bucket.
 *
 * @param partition null where the table is not partitioned
 * @param topicId Kafka's id of the topic
 * @param logStart offset of the oldest record in the log
 * @param nextInLake see {@link #tiered}, null where the lake has nothing of the topic
 * @param logEnd the offset behind the last record that committed readers see
 */
@PublicEvolving
public record BucketLag(
    @Nullable PartitionName partition,
    String topic,
    String topicId,
    int bucket,
    long logStart,
    @Nullable Long nextInLake,
    long logEnd) {

  /** The offset of the first record that the lake does not have; empty where it has nothing. */
  public OptionalLong tiered() {
    return nextInLake == null ? OptionalLong.empty() : OptionalLong.of(nextInLake);
  }

  /** Offsets between what the lake has and the end of the log; some may be of no record. */
  public long pending() {
    return Math.max(0, logEnd - Math.max(logStart, nextInLake == null ? 0 : nextInLake));
  }
}
