package io.fluss.client.write;

import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.partition.TableBucket;
import io.fluss.table.TableInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The buckets of a table by topic and Kafka partition; each is made once. Thread-safe. */
final class TopicBuckets {

  private final TableInfo table;
  private final Map<String, TableBucket[]> byTopic = new ConcurrentHashMap<>();

  TopicBuckets(TableInfo table) {
    this.table = table;
  }

  TableBucket of(String topic, int bucket) {
    return byTopic.computeIfAbsent(topic, this::buckets)[bucket];
  }

  private TableBucket[] buckets(String topic) {
    PartitionName partition =
        table.isPartitioned() ? PartitionKeys.of(table).partitionOf(topic).orElseThrow() : null;
    return IntStream.range(0, table.buckets())
        .mapToObj(bucket -> new TableBucket(partition, bucket))
        .toArray(TableBucket[]::new);
  }
}
