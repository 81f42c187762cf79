package io.fluss.partition;

import io.fluss.table.TableInfo;
import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A partition that exists.
 *
 * @param topic the topic that it is
 * @param topicId Kafka's id of the topic: a partition that is dropped and created again has another
 */
@PublicEvolving
public record Partition(PartitionName name, String topic, String topicId) implements Serializable {

  /** The table with this partition's topic for its own: what reads or writes it alone is given. */
  public TableInfo of(TableInfo table) {
    return table.inTopic(topic, topicId);
  }
}
