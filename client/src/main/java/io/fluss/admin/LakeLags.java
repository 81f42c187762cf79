package io.fluss.admin;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.BucketLag;
import io.fluss.lake.state.LakeLag;
import io.fluss.lake.state.LakeRegistry;
import io.fluss.lake.state.LakeState;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Compares what was recorded of lakes with logs. Thread-safe. */
final class LakeLags {

  private final LakeRegistry lakes;
  private final PartitionLifecycle partitions;
  private final Admin admin;

  LakeLags(LakeRegistry lakes, PartitionLifecycle partitions, Admin admin) {
    this.lakes = lakes;
    this.partitions = partitions;
    this.admin = admin;
  }

  /** A topic of a table: its own, or that of a partition. */
  private record Topic(@Nullable PartitionName partition, String name, String id) {}

  LakeLag of(TableInfo table) {
    // The state first: what it says of a topic is not behind what the log says then.
    Optional<LakeState> state = lakes.state(table);
    LakeOffsets tiered = state.map(LakeState::offsets).orElse(LakeOffsets.NONE);
    List<Topic> topics = topics(table);
    List<TopicPartition> buckets = new ArrayList<>();
    for (Topic topic : topics) {
      for (int b = 0; b < table.buckets(); b++) {
        buckets.add(new TopicPartition(topic.name(), b));
      }
    }
    LogTopics log = LogTopics.shared(table, admin);
    Map<TopicPartition, Long> starts = log.logStart(buckets);
    Map<TopicPartition, Long> ends = log.logEnd(buckets);
    List<BucketLag> lags = new ArrayList<>();
    for (Topic topic : topics) {
      Optional<TopicOffsets> inLake = tiered.topic(topic.id());
      for (int b = 0; b < table.buckets(); b++) {
        TopicPartition bucket = new TopicPartition(topic.name(), b);
        lags.add(
            new BucketLag(
                topic.partition(),
                topic.name(),
                topic.id(),
                b,
                starts.get(bucket),
                inLake.isPresent() ? tiered.next(topic.id(), b) : null,
                ends.get(bucket)));
      }
    }
    return new LakeLag(state.orElse(null), lags);
  }

  private List<Topic> topics(TableInfo table) {
    if (!table.isPartitioned()) {
      return table.topicId() == null
          ? List.of()
          : List.of(new Topic(null, table.topic(), table.topicId()));
    }
    Collection<Partition> found = partitions.list(table).values();
    return found.stream().map(p -> new Topic(p.name(), p.topic(), p.topicId())).toList();
  }
}
