package io.fluss.source.enumerator;

import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopics;
import io.fluss.read.StartingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.union.LogBehindLake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/** From topics to splits: their buckets that are wanted, each with its range. Immutable. */
final class SplitRanges {

  private final LogScan scan;

  SplitRanges(LogScan scan) {
    this.scan = scan;
  }

  /**
   * Splits of the log.
   *
   * @param withoutLake topics that are read from the log alone, though the lake has records of them
   */
  record Ranges(List<LogSplit> splits, Set<String> withoutLake) {}

  /**
   * The wanted buckets of a topic.
   *
   * @param partition that the topic is, for people; null where the table has none
   * @param buckets that the topic has
   */
  Stream<TableBucket> bucketsOf(
      String topic, @Nullable String topicId, @Nullable String partition, int buckets) {
    IntStream wanted =
        scan.keys().onlyBucket().isPresent()
            ? IntStream.of(scan.keys().onlyBucket().getAsInt())
            : IntStream.range(0, buckets);
    return wanted.mapToObj(b -> new TableBucket(topic, topicId, partition, b));
  }

  /**
   * Splits of these buckets with their ranges as of now: a question for each end, for all.
   *
   * @param lake what the log of a bucket goes on behind; null where the log alone is read
   * @throws io.fluss.union.LakeGapException where there are records in neither
   */
  Ranges of(
      List<TableBucket> buckets,
      StartingOffsets from,
      LogTopics log,
      @Nullable LogBehindLake lake) {
    List<TopicPartition> names = buckets.stream().map(TableBucket::topicPartition).toList();
    // Before the question where the log begins: see TombstoneHorizon.
    long now = System.currentTimeMillis();
    Map<TopicPartition, Long> stop = scan.stop().resolve(log, names);
    Map<TopicPartition, Long> start = from.resolve(log, names);
    if (lake == null) {
      return new Ranges(
          buckets.stream()
              .map(b -> split(b, start.get(b.topicPartition()), stop.get(b.topicPartition()), now))
              .toList(),
          Set.of());
    }
    Map<TopicPartition, String> topicIds = new HashMap<>();
    buckets.forEach(b -> topicIds.put(b.topicPartition(), b.topicId()));
    Set<String> tooOld = lake.tooOldTopics(topicIds, log, stop, now);
    return new Ranges(
        buckets.stream()
            .map(
                b -> {
                  Long logStart = start.get(b.topicPartition());
                  Long end = stop.get(b.topicPartition());
                  return tooOld.contains(b.topic())
                      ? split(b, logStart, end, now)
                      : behind(lake, b, logStart, end, now);
                })
            .toList(),
        tooOld);
  }

  private static LogSplit split(TableBucket bucket, long start, @Nullable Long stop, long safe) {
    return new LogSplit(bucket, LogPosition.at(start), stop, safe);
  }

  private LogSplit behind(
      LogBehindLake lake, TableBucket bucket, long logStart, @Nullable Long stop, long now) {
    long start = lake.start(bucket.topicPartition(), bucket.topicId(), logStart, stop);
    // A fold is over soon, and counts from the time when its ranges were decided.
    boolean soon = scan.folding() != null || !lake.has(bucket.topicId(), bucket.index());
    return split(bucket, start, stop, soon ? now : lake.safeTimeMillis());
  }
}
