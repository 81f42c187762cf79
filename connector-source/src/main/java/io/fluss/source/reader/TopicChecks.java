package io.fluss.source.reader;

import io.fluss.FlussException;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopics;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.source.split.TopicIdentity;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * What a reader knows of the topics of its splits: that they are the ones the splits were made for,
 * and how they are compacted. Each look asks for all topics at once. Fetcher thread.
 *
 * <p>A topic that is not the one wanted is an error, with one exception: in an endless read of a
 * partitioned table it may be a partition that was dropped, and it is for the enumerator to say so.
 *
 * <p>A bounded read asks whenever a split ends, so it keeps its connection until this is closed.
 */
final class TopicChecks implements AutoCloseable {

  /** A broker may know a topic that was just created only after a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

  private final LogScan scan;
  private final TableInfo table;
  private final boolean compacted;
  private final Set<TopicIdentity> verified = new HashSet<>();

  /** By topic; only where the topics are compacted. */
  private final Map<String, LogTopics.Compaction> compaction = new HashMap<>();

  /** Null while there is no connection. */
  @Nullable private LogTopics connection;

  TopicChecks(LogScan scan) {
    this.scan = scan;
    this.table = scan.table();
    this.compacted = table.hasPrimaryKey() && table.mergeEngine() == MergeEngine.LAST_ROW;
  }

  /** Looks at the topics of these splits that have not been seen to be right before. */
  void verify(Collection<LogSplit> splits) {
    List<LogSplit> unknown = splits.stream().filter(s -> !isVerified(s)).toList();
    if (!unknown.isEmpty()) {
      verifyAgain(unknown);
    }
  }

  /**
   * Looks at the topics of these splits.
   *
   * @throws LogGoneException where one is missing or another one, unless that may be because the
   *     partition was dropped and the read goes on without it
   */
  void verifyAgain(Collection<LogSplit> splits) {
    splits.forEach(this::requireOfThisTable);
    Set<String> names =
        splits.stream().map(s -> s.bucket().topic()).collect(Collectors.toUnmodifiableSet());
    LogTopics topics = connection();
    try {
      Map<String, LogTopics.Found> found = topics.find(names);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!mayBeDropped()
          && !found.keySet().containsAll(names)
          && System.nanoTime() < deadline) {
        LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
        found = topics.find(names);
      }
      for (LogSplit split : splits) {
        note(split, found.get(split.bucket().topic()));
      }
      askForCompaction(topics, splits);
    } finally {
      if (!scan.bounded()) {
        close();
      }
    }
  }

  private LogTopics connection() {
    if (connection == null) {
      connection = LogTopics.open(table, scan.client());
    }
    return connection;
  }

  /** Whether a topic that is not the one wanted may be that of a dropped partition. */
  private boolean mayBeDropped() {
    return table.isPartitioned() && !scan.bounded();
  }

  private void note(LogSplit split, @Nullable LogTopics.Found found) {
    String name = split.bucket().topic();
    String wanted = wantedId(split.bucket());
    boolean right = found != null && (wanted == null || wanted.equals(found.id()));
    if (right) {
      verified.add(identity(split));
    } else if (mayBeDropped()) {
      verified.remove(identity(split));
    } else if (found == null) {
      throw LogGoneException.missing(table, name);
    } else {
      throw LogGoneException.replaced(table, name, wanted, found.id());
    }
  }

  private void requireOfThisTable(LogSplit split) {
    if (table.isPartitioned() != (split.bucket().partition() != null)) {
      throw new FlussException(
          "Cannot go on reading table '"
              + table.path()
              + "': the state is of a table with"
              + (table.isPartitioned() ? "out" : "")
              + " partitions (topic '"
              + split.bucket().topic()
              + "'), and this one is another. Start the query without its old state.");
    }
  }

  private void askForCompaction(LogTopics topics, Collection<LogSplit> splits) {
    if (!compacted) {
      return;
    }
    Set<String> unknown =
        splits.stream()
            .filter(this::isVerified)
            .map(s -> s.bucket().topic())
            .filter(t -> !compaction.containsKey(t))
            .collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      compaction.putAll(topics.compaction(unknown));
    }
  }

  /** Whether the topic of a split was seen to be the one that the split was made for. */
  boolean isVerified(LogSplit split) {
    return verified.contains(identity(split));
  }

  private TopicIdentity identity(LogSplit split) {
    return new TopicIdentity(split.bucket().topic(), String.valueOf(wantedId(split.bucket())));
  }

  /** Null where any topic of the name will do. */
  @Nullable
  private String wantedId(TableBucket bucket) {
    return bucket.topicId() == null ? table.topicId() : bucket.topicId();
  }

  /** How the topic of a verified split is compacted; empty where it is not. */
  Optional<LogTopics.Compaction> compactionOf(LogSplit split) {
    return Optional.ofNullable(compaction.get(split.bucket().topic()));
  }

  /** The shortest time for which one of the topics keeps deletes; empty where none is compacted. */
  Optional<Duration> shortestTombstoneRetention() {
    return compaction.values().stream()
        .map(LogTopics.Compaction::tombstoneRetention)
        .min(Duration::compareTo);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** Forgets the topics of these splits; another one of the name may follow. */
  void forget(Collection<LogSplit> splits) {
    splits.forEach(
        s -> {
          verified.remove(identity(s));
          compaction.remove(s.bucket().topic());
        });
  }
}
