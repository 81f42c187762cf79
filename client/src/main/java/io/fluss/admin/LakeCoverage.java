package io.fluss.admin;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.state.LakeRegistry;
import io.fluss.lake.state.LakeState;
import io.fluss.options.RetentionPolicy;
import io.fluss.options.TableOptions;
import io.fluss.partition.Partition;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions may expire: those of which the lake has all, where it is wanted that rows wait
 * for the lake. Thread-safe.
 */
final class LakeCoverage {

  private final LakeRegistry lakes;
  private final Admin admin;

  LakeCoverage(LakeRegistry lakes, Admin admin) {
    this.lakes = lakes;
    this.admin = admin;
  }

  /**
   * Those of some partitions whose rows may go.
   *
   * @param table as it is recorded now
   */
  List<Partition> mayExpire(TableInfo table, List<Partition> partitions) {
    boolean wait =
        table.lakeFormat().isPresent()
            && Configuration.fromMap(table.options()).get(TableOptions.DATALAKE_RETENTION_POLICY)
                == RetentionPolicy.BLOCK;
    if (!wait || partitions.isEmpty()) {
      return partitions;
    }
    LakeOffsets tiered = lakes.state(table).map(LakeState::offsets).orElse(LakeOffsets.NONE);
    List<TopicPartition> buckets = new ArrayList<>();
    partitions.forEach(p -> buckets.addAll(buckets(table, p)));
    LogTopics log = LogTopics.shared(table, admin);
    Map<TopicPartition, Long> starts = log.logStart(buckets);
    // Rows of open transactions count: they may still be committed.
    Map<TopicPartition, Long> ends = log.written(buckets);
    return partitions.stream()
        .filter(
            p ->
                buckets(table, p).stream()
                    .allMatch(
                        b ->
                            tiered.next(p.topicId(), b.partition()) >= ends.get(b)
                                || starts.get(b).equals(ends.get(b))))
        .toList();
  }

  private static List<TopicPartition> buckets(TableInfo table, Partition partition) {
    return IntStream.range(0, table.buckets())
        .mapToObj(b -> new TopicPartition(partition.topic(), b))
        .toList();
  }
}
