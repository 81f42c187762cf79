package io.fluss.tiering.split;

import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * A range of the log of one bucket, to be written into files of the lake in one round.
 *
 * @param round of the table
 * @param index in the round
 * @param table as it is since before the end of the range was asked for: the whole table
 * @param partition null where the table is not partitioned
 * @param topicId Kafka's id of the topic
 * @param start offset of the first record that the lake does not have
 * @param end the range ends before this offset
 * @param safeTimeMillis deletes of rows before the range that were first compacted after this time
 *     are wanted, see {@link io.fluss.merge.TombstoneHorizon}; epoch milliseconds
 * @param maxBytes the range is cut when so many bytes of records were read
 * @param maxMillis the range is cut when it has been read for so long
 */
public record RangeSplit(
    long round,
    int index,
    TableInfo table,
    @Nullable PartitionName partition,
    String topic,
    String topicId,
    int bucket,
    long start,
    long end,
    long safeTimeMillis,
    long maxBytes,
    long maxMillis)
    implements SourceSplit, Serializable {

  @Override
  public String splitId() {
    return Long.toHexString(round) + "-" + index;
  }

  public TopicPartition topicPartition() {
    return new TopicPartition(topic, bucket);
  }

  /** This split with another index. */
  public RangeSplit withIndex(int newIndex) {
    return with(newIndex, maxMillis);
  }

  /** This split with less time, since some has passed. */
  public RangeSplit within(long millis) {
    return with(index, Math.max(0, Math.min(maxMillis, millis)));
  }

  private RangeSplit with(int newIndex, long newMaxMillis) {
    return new RangeSplit(
        round,
        newIndex,
        table,
        partition,
        topic,
        topicId,
        bucket,
        start,
        end,
        safeTimeMillis,
        maxBytes,
        newMaxMillis);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "bucket "
        + bucket
        + " of table '"
        + table.path()
        + "' (topic '"
        + topic
        + "', offsets "
        + start
        + " to "
        + end
        + ")";
  }
}
