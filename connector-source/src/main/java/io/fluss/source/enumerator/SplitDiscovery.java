package io.fluss.source.enumerator;

import io.fluss.read.LogScan;
import io.fluss.read.LogTopic;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.table.TableInfo;
import java.util.List;
import javax.annotation.Nullable;

/**
 * What exists of a table without partitions: its buckets, each with its range. Blocks on the
 * network.
 *
 * <p>Keeps one connection from the first question on. The enumerator asks in its worker thread and
 * closes in another; a question that is asked at that time fails.
 */
final class SplitDiscovery implements AutoCloseable {

  private final LogScan scan;
  private final SplitRanges ranges;
  @Nullable private LogTopic topic;
  private boolean closed;

  SplitDiscovery(LogScan scan) {
    this.scan = scan;
    this.ranges = new SplitRanges(scan);
  }

  /** All splits, their ranges as of now. */
  List<LogSplit> discover() {
    LogTopic log = topic();
    TableInfo table = scan.table();
    List<TableBucket> buckets =
        ranges.bucketsOf(table.topic(), table.topicId(), null, log.buckets().size()).toList();
    return ranges.of(buckets, scan.start(), log.offsets());
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
