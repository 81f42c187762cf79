package io.fluss.source.reader;

import io.fluss.source.split.LogSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of one reader by checkpoint, for the consumer group that a user may name.
 *
 * <p>The end of a finished split is in no later checkpoint's splits, so it is kept here until it is
 * known to be committed: a commit that fails is repeated with the next checkpoint.
 *
 * <p>Belongs to the task thread, but for {@link #committed}.
 */
final class OffsetsToCommit {

  private final NavigableMap<Long, Map<TopicPartition, OffsetAndMetadata>> byCheckpoint =
      new TreeMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> endOfFinishedSplits =
      new ConcurrentHashMap<>();

  void finished(LogSplit split) {
    put(endOfFinishedSplits, split);
  }

  void snapshot(long checkpointId, List<LogSplit> splits) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(endOfFinishedSplits);
    splits.forEach(s -> put(offsets, s));
    byCheckpoint.put(checkpointId, offsets);
  }

  /** What to commit now; forgets the checkpoints before this one. */
  Map<TopicPartition, OffsetAndMetadata> completed(long checkpointId) {
    Map<TopicPartition, OffsetAndMetadata> offsets = byCheckpoint.remove(checkpointId);
    byCheckpoint.headMap(checkpointId).clear();
    return offsets == null ? Map.of() : offsets;
  }

  /** Called by the fetcher thread when the brokers have the offsets. */
  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(endOfFinishedSplits::remove);
  }

  /** The batch that is read in part counts as not read. */
  private static void put(Map<TopicPartition, OffsetAndMetadata> offsets, LogSplit split) {
    offsets.put(split.bucket().topicPartition(), new OffsetAndMetadata(split.position().offset()));
  }
}
