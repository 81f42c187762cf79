package io.fluss.source.enumerator;

import io.fluss.read.LogOffsets;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.StartingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.util.List;
import java.util.Map;
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

  /** Splits of these buckets with their ranges as of now: a question for each end, for all. */
  List<LogSplit> of(List<TableBucket> buckets, StartingOffsets from, LogOffsets log) {
    List<TopicPartition> names = buckets.stream().map(TableBucket::topicPartition).toList();
    // Before the question where the log begins: see TombstoneHorizon.
    long safeTime = System.currentTimeMillis();
    Map<TopicPartition, Long> stop = scan.stop().resolve(log, names);
    Map<TopicPartition, Long> start = from.resolve(log, names);
    return buckets.stream()
        .map(
            b ->
                new LogSplit(
                    b,
                    LogPosition.at(start.get(b.topicPartition())),
                    stop.get(b.topicPartition()),
                    safeTime))
        .toList();
  }
}
