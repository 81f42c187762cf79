package io.fluss.source.enumerator;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopics;
import io.fluss.read.StartingOffsets;
import io.fluss.read.WantedPartitions;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.source.split.TopicIdentity;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.annotation.Nullable;

/**
 * What exists of a partitioned table: its partitions that the filter of the read wants, and their
 * buckets with their ranges. Blocks on the network.
 *
 * <ul>
 *   <li>Where nothing has changed, a look is one request, whatever the number of partitions.
 *   <li>Any broker answers, and it may be behind. So a partition counts as gone only if it is
 *       missing for a while.
 *   <li>Where something has changed, the table itself is looked at: topics that begin with its name
 *       may be those of another table.
 * </ul>
 *
 * <p>Keeps its connections from the first question on. The enumerator asks in its worker thread and
 * closes in another; a question that is asked at that time fails.
 */
final class PartitionDiscovery implements AutoCloseable {

  /** After this time a broker that was behind is not any more. */
  private static final Duration CERTAIN_AFTER = Duration.ofSeconds(3);

  private final LogScan scan;
  private final TableInfo table;
  private final PartitionKeys keys;
  private final WantedPartitions wanted;
  private final SplitRanges ranges;
  @Nullable private Connections connections;
  private boolean closed;

  PartitionDiscovery(LogScan scan) {
    this.scan = scan;
    this.table = scan.table();
    this.keys = PartitionKeys.of(table);
    this.wanted = WantedPartitions.of(table, scan.filter());
    this.ranges = new SplitRanges(scan);
  }

  /**
   * All wanted partitions, their ranges as the read says, as of now.
   *
   * @throws LogGoneException where the table was dropped
   */
  PartitionChange first() {
    requireTable();
    Map<TopicIdentity, Partition> found = list();
    while (true) {
      try {
        return new PartitionChange(Set.of(), found.keySet(), splits(found.values(), scan.start()));
      } catch (FlussException e) {
        Map<TopicIdentity, Partition> now = list();
        if (now.keySet().equals(found.keySet())) {
          throw e;
        }
        found = now; // one was dropped while it was asked for its offsets
      }
    }
  }

  /**
   * What differs from these partitions, which were wanted before. Those that have appeared are read
   * from their beginning.
   *
   * @throws LogGoneException where the table was dropped
   */
  PartitionChange since(Set<TopicIdentity> known) {
    Map<TopicIdentity, Partition> found = list();
    if (!found.keySet().containsAll(known)) {
      LockSupport.parkNanos(CERTAIN_AFTER.toNanos());
      found = list();
    }
    Set<TopicIdentity> gone = new HashSet<>(known);
    gone.removeAll(found.keySet());
    found.keySet().removeAll(known);
    if (gone.isEmpty() && found.isEmpty()) {
      return PartitionChange.NONE;
    }
    requireTable();
    return new PartitionChange(
        gone, found.keySet(), splits(found.values(), StartingOffsets.earliest()));
  }

  private Map<TopicIdentity, Partition> list() {
    Map<TopicIdentity, Partition> found = new LinkedHashMap<>();
    connections().tables.listPartitions(table).stream()
        .filter(p -> wanted.contains(p.name()))
        .forEach(p -> found.put(new TopicIdentity(p.topic(), p.topicId()), p));
    return found;
  }

  private List<LogSplit> splits(Iterable<Partition> partitions, StartingOffsets start) {
    List<TableBucket> buckets = new ArrayList<>();
    for (Partition p : partitions) {
      ranges
          .bucketsOf(p.topic(), p.topicId(), keys.show(p.name()), table.buckets())
          .forEach(buckets::add);
    }
    return buckets.isEmpty() ? List.of() : ranges.of(buckets, start, connections().topics);
  }

  private void requireTable() {
    if (connections().tables.refresh(table).isEmpty()) {
      throw LogGoneException.dropped(table);
    }
  }

  private synchronized Connections connections() {
    if (closed) {
      throw new IllegalStateException("The discovery of " + table.path() + " is closed.");
    }
    if (connections == null) {
      connections =
          new Connections(TableAdmin.connect(scan.client()), LogTopics.open(table, scan.client()));
    }
    return connections;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connections != null) {
      connections.tables.close();
      connections.topics.close();
      connections = null;
    }
  }

  private record Connections(TableAdmin tables, LogTopics topics) {}
}
