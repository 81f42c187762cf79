package io.fluss.source.reader;

import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicsGone;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/**
 * What the two ways to read splits have in common: all that Flink asks of the consumer beneath.
 * Runs in the fetcher thread; only {@link #wakeUp()} may be called from elsewhere.
 */
abstract class TableSplitReader implements SplitReader<SplitRows, TableSplit> {

  final BucketPoller poller;

  TableSplitReader(BucketPoller poller) {
    this.poller = poller;
  }

  @Override
  public final void handleSplitsChanges(SplitsChange<TableSplit> change) {
    if (change instanceof SplitsAddition) {
      poller.verify(
          change.splits().stream().map(TableSplit::log).flatMap(Optional::stream).toList());
      add(change.splits());
    } else if (change instanceof SplitsRemoval) {
      remove(change.splits());
    } else {
      throw new UnsupportedOperationException("Unknown change of splits: " + change);
    }
  }

  abstract void add(List<TableSplit> splits);

  void remove(List<TableSplit> splits) {
    poller.end(buckets(splits));
  }

  /** Reports the splits of these topics as finished, which is how the task forgets a split. */
  abstract void drop(TopicsGone gone);

  /** Rows of a lake are not held up: they have been handed over. */
  @Override
  public final void pauseOrResumeSplits(
      Collection<TableSplit> splitsToPause, Collection<TableSplit> splitsToResume) {
    poller.pauseOrResume(buckets(splitsToPause), buckets(splitsToResume));
  }

  private static List<TopicPartition> buckets(Collection<TableSplit> splits) {
    return splits.stream()
        .map(TableSplit::log)
        .flatMap(Optional::stream)
        .map(s -> s.bucket().topicPartition())
        .toList();
  }

  /** Tells the brokers how far the group has come; never fails, see {@code callback}. */
  final void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    poller.commit(offsets, callback);
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public void close() {
    poller.close();
  }
}
