package io.fluss.source.reader;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopics;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows of a partition that was created again out of the checkpoints of an endless read.
 *
 * <p>A consumer goes on by itself in another topic of the same name, at the offset it had in the
 * old one. The enumerator notices, but only when it looks next. So before a checkpoint all topics
 * are asked for that were read since the one before.
 *
 * <p><b>Why that is enough.</b> Ids do not come back: a topic that has its old id after the last
 * row was read had it while all of them were read. Where it has another one, the checkpoint fails,
 * and the one before knows nothing of the new topic. Assumed is that the broker asked knows no less
 * than the one that sent the rows; one that is behind leaves a window of as long as it is.
 *
 * <p>One request per checkpoint for all topics, none where nothing was read. Task thread.
 */
final class ReplacedPartitions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplacedPartitions.class);

  /** The task waits for the answer, and there is another checkpoint soon. */
  private static final String ASK_TIMEOUT_MILLIS = "10000";

  private final LogScan scan;
  private final boolean needed;

  /** By split, up to where it is known to be of the right topic. */
  private final Map<String, LogPosition> certain = new HashMap<>();

  @Nullable private LogTopics topics;

  ReplacedPartitions(LogScan scan) {
    this.scan = scan;
    this.needed = scan.table().isPartitioned() && !scan.bounded();
  }

  /** Nothing has been read of it here. */
  void begun(LogSplit split) {
    certain.put(split.splitId(), split.position());
  }

  void finished(Collection<String> splitIds) {
    certain.keySet().removeAll(Set.copyOf(splitIds));
  }

  /**
   * To be called with the splits as a checkpoint has them.
   *
   * @throws FlussException where rows were read of a topic since the last call that is another one
   *     now. Brokers that do not answer are logged, and asked again with the next checkpoint.
   */
  void requireNone(List<LogSplit> splits) {
    if (!needed) {
      return;
    }
    List<LogSplit> read =
        splits.stream().filter(s -> !s.position().equals(certain.get(s.splitId()))).toList();
    if (read.isEmpty()) {
      return;
    }
    Map<String, LogTopics.Found> found;
    try {
      found = find(read);
    } catch (FlussException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn(
          "Could not check the partitions of table '{}' before a checkpoint; trying again with the"
              + " next one.",
          scan.table().path(),
          e);
      return;
    }
    for (LogSplit split : read) {
      requireRight(split.bucket(), found.get(split.bucket().topic()));
      certain.put(split.splitId(), split.position());
    }
  }

  private Map<String, LogTopics.Found> find(List<LogSplit> read) {
    if (topics == null) {
      Map<String, String> properties = new HashMap<>(scan.client().properties());
      properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_TIMEOUT_MILLIS);
      properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_TIMEOUT_MILLIS);
      topics =
          LogTopics.open(
              scan.table(), new ClientConfig(scan.client().bootstrapServers(), properties));
    }
    return topics
        .look(read.stream().map(s -> s.bucket().topic()).collect(Collectors.toSet()))
        .found();
  }

  /** One that is not there is for the enumerator to let go. */
  private void requireRight(TableBucket bucket, @Nullable LogTopics.Found found) {
    if (found != null && bucket.topicId() != null && !bucket.topicId().equals(found.id())) {
      throw new FlussException(
          "Partition "
              + bucket.partition()
              + " of table '"
              + scan.table().path()
              + "' was dropped and created again while it was read: topic '"
              + bucket.topic()
              + "' has id "
              + found.id()
              + " now, and had "
              + bucket.topicId()
              + ". The job has to be restored from its last checkpoint, which Flink does where it"
              + " may restart; the new partition is then read from its beginning.");
    }
  }

  @Override
  public void close() {
    if (topics != null) {
      topics.close();
    }
  }
}
