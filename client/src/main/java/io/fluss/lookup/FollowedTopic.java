package io.fluss.lookup;

import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of a followed table, its own or that of a partition, with those of its buckets that
 * somebody asked for. The follower's thread changes it, any thread may look.
 */
final class FollowedTopic {

  private final TableInfo table;
  private final AtomicReferenceArray<FollowedBucket> buckets;

  private volatile boolean gone;

  /**
   * @param table the table in this topic
   */
  FollowedTopic(TableInfo table) {
    this.table = table;
    this.buckets = new AtomicReferenceArray<>(table.buckets());
  }

  /** The table in this topic. */
  TableInfo table() {
    return table;
  }

  String name() {
    return table.topic();
  }

  String id() {
    return String.valueOf(table.topicId());
  }

  TopicPartition kafkaPartition(int bucket) {
    return new TopicPartition(table.topic(), bucket);
  }

  /** A bucket, null until it is followed. */
  @Nullable
  FollowedBucket bucket(int bucket) {
    return buckets.get(bucket);
  }

  void follow(int bucket, FollowedBucket followed) {
    buckets.set(bucket, followed);
  }

  /** The buckets that are followed. */
  List<FollowedBucket> followed() {
    List<FollowedBucket> followed = new ArrayList<>();
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      if (buckets.get(bucket) != null) {
        followed.add(buckets.get(bucket));
      }
    }
    return followed;
  }

  /** Whether it is among these topics, and not another one of its name. */
  boolean isIn(Map<String, LogTopics.Found> found) {
    LogTopics.Found there = found.get(name());
    return there != null && there.id().equals(id());
  }

  /** Whether the partition was dropped: it has no rows any more. */
  boolean isGone() {
    return gone;
  }

  void markGone() {
    gone = true;
  }

  /** Lets the rows go, which who once looked for them here would hold on to. */
  void forgetBuckets() {
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      buckets.set(bucket, null);
    }
  }
}
