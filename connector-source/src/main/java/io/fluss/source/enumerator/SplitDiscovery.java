package io.fluss.source.enumerator;

import io.fluss.read.LogScan;
import io.fluss.read.LogTopic;
import io.fluss.source.split.TableBucket;
import io.fluss.table.TableInfo;
import io.fluss.union.LogBehindLake;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * What exists of a table without partitions: its buckets, each with its range, and the rows in its
 * lake. Blocks on the network.
 *
 * <p>Keeps one connection from the first question on. The enumerator asks in its worker thread and
 * closes in another; a question that is asked at that time fails.
 */
final class SplitDiscovery implements AutoCloseable {

  private final LogScan scan;
  private final LakeDiscovery lake;
  private final SplitRanges ranges;
  @Nullable private LogTopic topic;
  private boolean closed;

  /**
   * @param lake closed with this
   */
  SplitDiscovery(LogScan scan, LakeDiscovery lake) {
    this.scan = scan;
    this.lake = lake;
    this.ranges = new SplitRanges(scan);
  }

  /** All splits, their ranges as of now. */
  Discovered discover() {
    return lake.isAlone() ? lake.alone() : lake.discover(this::logBehind);
  }

  private SplitRanges.Ranges logBehind(Optional<LogBehindLake> ofLake) {
    LogTopic log = topic();
    TableInfo table = scan.table();
    List<TableBucket> buckets =
        ranges.bucketsOf(table.topic(), table.topicId(), null, log.buckets().size()).toList();
    return ranges.of(buckets, scan.start(), log.topics(), ofLake.orElse(null));
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
    lake.close();
    if (topic != null) {
      topic.close();
      topic = null;
    }
  }
}
