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
import io.fluss.union.LakeGapException;
import io.fluss.union.LogBehindLake;
import io.fluss.union.PinnedLake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What exists of a partitioned table: its partitions that the filter of the read wants, their
 * buckets with their ranges, and their rows in the lake. Blocks on the network.
 *
 * <ul>
 *   <li>Where nothing has changed, a look is one request, whatever the number of partitions.
 *   <li>Any broker answers, and it may be behind. So a partition counts as gone only if it is
 *       missing for a while, and if its topic is not there either when it is asked for by name: a
 *       listing leaves out what this client may not see for a moment.
 *   <li>Where something has changed, the table itself is looked at: topics that begin with its name
 *       may be those of another table.
 * </ul>
 *
 * <p>Keeps its connections from the first question on. The enumerator asks in its worker thread and
 * closes in another; a question that is asked at that time fails.
 */
final class PartitionDiscovery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionDiscovery.class);

  /** After this time a broker that was behind is not any more. */
  private static final Duration CERTAIN_AFTER = Duration.ofSeconds(3);

  private final LogScan scan;
  private final LakeDiscovery lake;
  private final TableInfo table;
  private final PartitionKeys keys;
  private final WantedPartitions wanted;
  private final SplitRanges ranges;
  @Nullable private Connections connections;
  private boolean closed;

  /**
   * @param lake closed with this
   */
  PartitionDiscovery(LogScan scan, LakeDiscovery lake) {
    this.scan = scan;
    this.lake = lake;
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
    Map<TopicIdentity, Partition> listed = new HashMap<>();
    Discovered found =
        lake.isOfGonePartitions()
            ? lake.withGonePartitions(() -> ofAll(listed, null), this::gone)
            : lake.discover(
                ofLake -> {
                  listed.clear();
                  return ofAll(listed, ofLake.orElse(null));
                });
    return new PartitionChange(Set.of(), listed.keySet(), found.splits(), found.lake());
  }

  /** Those of these topics, which were not listed, that are not there by name either. */
  private Set<String> gone(Set<String> unlisted) {
    if (unlisted.isEmpty()) {
      return unlisted;
    }
    LogTopics.Look look = connections().topics.look(unlisted);
    Set<String> gone = new HashSet<>(unlisted);
    gone.removeAll(look.found().keySet());
    gone.removeAll(look.denied().keySet());
    return gone;
  }

  /** Lists the partitions into a map; ranges of their logs. */
  private SplitRanges.Ranges ofAll(
      Map<TopicIdentity, Partition> listed, @Nullable LogBehindLake ofLake) {
    listed.putAll(list());
    while (true) {
      try {
        return ranges(listed.values(), scan.start(), ofLake);
      } catch (LakeGapException e) {
        throw e;
      } catch (FlussException e) {
        Map<TopicIdentity, Partition> now = list();
        if (now.keySet().equals(listed.keySet())) {
          throw e;
        }
        listed.clear(); // one was dropped while it was asked for its offsets
        listed.putAll(now);
      }
    }
  }

  /**
   * What differs from these partitions, which were wanted before. Those that have appeared are read
   * from their beginning, or from where the lake ends that has been read.
   *
   * @param pinned what was read of the lake, null where the log alone is read
   * @throws LogGoneException where the table was dropped
   */
  PartitionChange since(Set<TopicIdentity> known, @Nullable PinnedLake pinned) {
    Map<TopicIdentity, Partition> found = list();
    if (!found.keySet().containsAll(known)) {
      LockSupport.parkNanos(CERTAIN_AFTER.toNanos());
      found = list();
    }
    Set<TopicIdentity> gone = new HashSet<>(known);
    gone.removeAll(found.keySet());
    found.keySet().removeAll(known);
    Set<String> kept = namesNotGone(gone);
    gone.removeIf(t -> kept.contains(t.name()));
    found.keySet().removeIf(t -> kept.contains(t.name()));
    if (gone.isEmpty() && found.isEmpty()) {
      return PartitionChange.NONE;
    }
    requireTable();
    LogBehindLake ofLake = pinned == null ? null : new LogBehindLake(table, pinned);
    List<LogSplit> splits = ranges(found.values(), StartingOffsets.earliest(), ofLake).splits();
    return new PartitionChange(gone, found.keySet(), List.copyOf(splits), null);
  }

  /** Those that are there under their ids, and those of which this client is not told. */
  private Set<String> namesNotGone(Set<TopicIdentity> unlisted) {
    if (unlisted.isEmpty()) {
      return Set.of();
    }
    LogTopics.Look look =
        connections().topics.look(unlisted.stream().map(TopicIdentity::name).toList());
    Set<String> names = new HashSet<>(look.denied().keySet());
    for (TopicIdentity topic : unlisted) {
      LogTopics.Found there = look.found().get(topic.name());
      if (there != null && there.id().equals(topic.id())) {
        names.add(topic.name());
      }
    }
    if (!names.isEmpty()) {
      LOG.warn(
          "Kafka does not list topics of partitions of table '{}' that are not known to be gone;"
              + " they are read on: {}",
          table.path(),
          names);
    }
    return names;
  }

  /**
   * Those of these partitions, which were wanted before, that were dropped and created again. One
   * request where none is missing.
   *
   * @throws LogGoneException where the table was dropped
   */
  Set<TopicIdentity> replaced(Set<TopicIdentity> known) {
    Set<TopicIdentity> found = list().keySet();
    if (found.containsAll(known)) {
      return Set.of();
    }
    requireTable();
    Set<TopicIdentity> replaced = replacedIn(found, known);
    if (replaced.isEmpty()) {
      return replaced;
    }
    LockSupport.parkNanos(CERTAIN_AFTER.toNanos());
    return replacedIn(list().keySet(), known);
  }

  private static Set<TopicIdentity> replacedIn(Set<TopicIdentity> found, Set<TopicIdentity> known) {
    Set<String> names = found.stream().map(TopicIdentity::name).collect(Collectors.toSet());
    return known.stream()
        .filter(t -> names.contains(t.name()) && !found.contains(t))
        .collect(Collectors.toSet());
  }

  private Map<TopicIdentity, Partition> list() {
    Map<TopicIdentity, Partition> found = new LinkedHashMap<>();
    connections().tables.listPartitions(table).stream()
        .filter(p -> wanted.contains(p.name()))
        .forEach(p -> found.put(new TopicIdentity(p.topic(), p.topicId()), p));
    return found;
  }

  private SplitRanges.Ranges ranges(
      Iterable<Partition> partitions, StartingOffsets start, @Nullable LogBehindLake ofLake) {
    List<TableBucket> buckets = new ArrayList<>();
    for (Partition p : partitions) {
      ranges
          .bucketsOf(p.topic(), p.topicId(), keys.show(p.name()), table.buckets())
          .forEach(buckets::add);
    }
    return buckets.isEmpty()
        ? new SplitRanges.Ranges(List.of(), Set.of())
        : ranges.of(buckets, start, connections().topics, ofLake);
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
    lake.close();
    if (connections != null) {
      connections.tables.close();
      connections.topics.close();
      connections = null;
    }
  }

  private record Connections(TableAdmin tables, LogTopics topics) {}
}
