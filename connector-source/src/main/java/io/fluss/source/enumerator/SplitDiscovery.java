package io.fluss.source.enumerator;

import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopic;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What exists: the buckets of the scanned table, each with its range. Blocks on the network. */
final class SplitDiscovery {

  private final LogScan scan;

  SplitDiscovery(LogScan scan) {
    this.scan = scan;
  }

  /** All splits, their ranges as of now. */
  List<LogSplit> discover() {
    try (LogTopic topic = LogTopic.open(scan.table(), scan.client())) {
      List<Integer> buckets = topic.buckets();
      Map<Integer, Long> stop = scan.stop().resolve(topic, buckets);
      Map<Integer, Long> start = scan.start().resolve(topic, buckets);
      return buckets.stream()
          .map(b -> split(b, start.get(b), stop))
          .collect(Collectors.toUnmodifiableList());
    }
  }

  private LogSplit split(int bucket, long start, Map<Integer, Long> stop) {
    return new LogSplit(
        new TableBucket(scan.table().topic(), null, bucket),
        LogPosition.at(start),
        stop.get(bucket));
  }

  /** Throws where the topic is not the table's any more. */
  void verify() {
    try (LogTopic topic = LogTopic.open(scan.table(), scan.client())) {
      topic.buckets();
    }
  }
}
