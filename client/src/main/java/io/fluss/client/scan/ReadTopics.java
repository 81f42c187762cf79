package io.fluss.client.scan;

import io.fluss.admin.PartitionNotFoundException;
import io.fluss.client.shared.ClientContext;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.TableBucket;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopic;
import io.fluss.read.LogTopics;
import io.fluss.read.WantedPartitions;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** Finds the topics that buckets of a table are in, and sees that they stay the same. */
final class ReadTopics {

  private final TableInfo table;
  private final ClientContext context;
  private final LogTopics log;

  ReadTopics(TableInfo table, ClientContext context) {
    this.table = table;
    this.context = context;
    this.log = context.tables().log(table);
  }

  LogTopics log() {
    return log;
  }

  /**
   * A bucket that there is.
   *
   * @throws io.fluss.FlussException where there is not
   */
  ReadBucket find(TableBucket bucket) {
    bucket.requireOf(table);
    if (bucket.partition() == null) {
      LogTopic.of(table, log).buckets();
      return own(bucket.bucket());
    }
    Partition partition =
        context.tables().listPartitions(table).stream()
            .filter(p -> p.name().equals(bucket.partition()))
            .findFirst()
            .orElseThrow(
                () ->
                    new PartitionNotFoundException(
                        table.path(), PartitionKeys.of(table).show(bucket.partition())));
    context.tables().requireOwnPartitions(table, List.of(partition));
    return of(partition, bucket.bucket());
  }

  /**
   * All buckets of the table, of those partitions where it has any that may have rows which match.
   *
   * @param filter over the table's row type; empty: all are wanted
   */
  List<ReadBucket> all(Optional<Predicate> filter) {
    if (!table.isPartitioned()) {
      LogTopic.of(table, log).buckets();
      return IntStream.range(0, table.buckets()).mapToObj(this::own).toList();
    }
    WantedPartitions wanted = WantedPartitions.of(table, filter);
    List<Partition> partitions =
        context.tables().listPartitions(table).stream()
            .filter(p -> wanted.contains(p.name()))
            .toList();
    context.tables().requireOwnPartitions(table, partitions);
    List<ReadBucket> all = new ArrayList<>();
    for (Partition partition : partitions) {
      for (int bucket = 0; bucket < table.buckets(); bucket++) {
        all.add(of(partition, bucket));
      }
    }
    return all;
  }

  private ReadBucket own(int bucket) {
    return new ReadBucket(
        TableBucket.of(bucket), new TopicPartition(table.topic(), bucket), table.topicId());
  }

  private static ReadBucket of(Partition partition, int bucket) {
    return new ReadBucket(
        TableBucket.of(partition.name(), bucket),
        new TopicPartition(partition.topic(), bucket),
        partition.topicId());
  }

  /**
   * A consumer does not tell that a topic is gone, or another one of the name: it waits, or goes on
   * in that.
   *
   * @throws LogGoneException where that is so
   */
  void requireStillThere(Collection<ReadBucket> buckets) {
    Set<String> names =
        buckets.stream().map(b -> b.place().topic()).collect(Collectors.toUnmodifiableSet());
    Map<String, LogTopics.Found> found = log.find(names);
    for (ReadBucket bucket : buckets) {
      LogTopics.Found now = found.get(bucket.place().topic());
      if (now == null) {
        throw LogGoneException.missing(table, bucket.place().topic());
      }
      if (bucket.topicId() != null && !bucket.topicId().equals(now.id())) {
        throw LogGoneException.replaced(table, bucket.place().topic(), bucket.topicId(), now.id());
      }
    }
  }
}
