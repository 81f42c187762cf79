package io.fluss.source.enumerator;

import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopic;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * What exists: the buckets of the scanned table, each with its range. Blocks on the network.
 *
 * <p>Keeps one connection from the first question on. The enumerator asks in its worker thread and
 * closes in another; a question that is asked at that time fails.
 */
final class SplitDiscovery implements AutoCloseable {

  private final LogScan scan;
  @Nullable private LogTopic topic;
  private boolean closed;

  SplitDiscovery(LogScan scan) {
    this.scan = scan;
  }

  /** All splits, their ranges as of now. */
  List<LogSplit> discover() {
    LogTopic log = topic();
    List<Integer> buckets = wanted(log.buckets());
    // Before the question where the log begins: see TombstoneHorizon.
    long safeTime = System.currentTimeMillis();
    Map<Integer, Long> stop = scan.stop().resolve(log, buckets);
    Map<Integer, Long> start = scan.start().resolve(log, buckets);
    return buckets.stream()
        .map(b -> split(b, start.get(b), stop, safeTime))
        .collect(Collectors.toUnmodifiableList());
  }

  private List<Integer> wanted(List<Integer> buckets) {
    OptionalInt only = scan.keys().onlyBucket();
    return only.isEmpty() ? buckets : List.of(only.getAsInt());
  }

  private LogSplit split(int bucket, long start, Map<Integer, Long> stop, long safeTime) {
    return new LogSplit(
        new TableBucket(scan.table().topic(), null, bucket),
        LogPosition.at(start),
        stop.get(bucket),
        safeTime);
  }

  /** Throws where the topic is not the table's any more. */
  void verify() {
    topic().buckets();
  }

  private synchronized LogTopic topic() {
    if (closed) {
      throw new IllegalStateException("The discovery of " + scan.table().path() + " is closed.");
    }
    if (topic == null) {
      topic = LogTopic.open(scan.table(), scan.client());
    }
    return topic;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (topic != null) {
      topic.close();
      topic = null;
    }
  }
}
