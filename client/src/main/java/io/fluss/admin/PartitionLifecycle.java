package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Operation;
import io.fluss.acl.Rights;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.MetadataStore;
import io.fluss.options.TableOptions;
import io.fluss.partition.AutoPartitioning;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TableState;
import io.fluss.topic.TableTopics;
import io.fluss.topic.TopicConflictException;
import io.fluss.topic.TopicListing;
import io.fluss.topic.TopicOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;

/**
 * Lists, creates and drops partitions. A partition is its topic, so creating and dropping are one
 * step each, which Kafka does for one of several callers only.
 *
 * <p><b>A dropped table gets no partitions.</b> Whoever creates a partition looks at the table's
 * record afterwards. If the table is on its way out by then, the topic is deleted, by its id, and
 * no row has been written to it. If not, the topic was there before the table was recorded as being
 * dropped, so dropping it finds the topic. Thread-safe.
 */
final class PartitionLifecycle {

  /** Ends the name of a topic that is never created. No partition's does. */
  private static final String PROBE = ".__new";

  private final MetadataStore store;
  private final TableTopics topics;
  private final TopicListing listing;
  private final TopicOrigin origin;
  private final LakeCoverage lakes;
  private final Rights rights;

  PartitionLifecycle(
      MetadataStore store,
      TableTopics topics,
      TopicListing listing,
      TopicOrigin origin,
      LakeCoverage lakes,
      Rights rights) {
    this.store = store;
    this.topics = topics;
    this.listing = listing;
    this.origin = origin;
    this.lakes = lakes;
    this.rights = rights;
  }

  /** The partitions of a table by name, in the order of their topics' names; one request. */
  Map<PartitionName, Partition> list(TableInfo table) {
    PartitionKeys keys = PartitionKeys.of(table);
    Map<PartitionName, Partition> partitions = new LinkedHashMap<>();
    listing
        .withPrefix(table.topic() + ".")
        .forEach(
            (topic, id) ->
                keys.partitionOf(topic)
                    .ifPresent(name -> partitions.put(name, new Partition(name, topic, id))));
    return partitions;
  }

  /** What {@link #createMissing} did. */
  record Creation(Map<PartitionName, Partition> partitions, List<Partition> created) {}

  /**
   * Makes sure that these partitions are there. Their topics are made as the table is recorded now:
   * whoever asks may have planned with it long ago.
   *
   * @return they all, and those that were not there before
   * @throws TooManyPartitionsException where the table would have too many; none was created
   * @throws TableNotFoundException where the table is gone
   * @throws FlussException where Kafka refuses one
   */
  Creation createMissing(TableInfo planned, Collection<PartitionName> names) {
    TableInfo table =
        recorded(planned).orElseThrow(() -> new TableNotFoundException(planned.path()));
    PartitionKeys keys = PartitionKeys.of(table);
    Map<PartitionName, Partition> has = list(table);
    List<PartitionName> missing =
        names.stream().distinct().filter(n -> !has.containsKey(n)).toList();
    requireRoom(table, keys, missing, has.size());
    Map<String, PartitionName> byTopic =
        missing.stream().collect(Collectors.toMap(keys::topic, Function.identity()));
    List<Partition> created = new ArrayList<>();
    if (!missing.isEmpty()) {
      TableTopics.Created answer =
          rights.needed(
              Operation.WRITE,
              AclResource.table(table.path()),
              "Partitions of table '" + table.path() + "' cannot be created",
              () -> topics.createAll(table, byTopic.keySet()));
      answer.byThis().forEach((t, id) -> created.add(new Partition(byTopic.get(t), t, id)));
      requireTable(table, answer);
      created.forEach(p -> has.put(p.name(), p));
      answer
          .byOthers()
          .forEach((t, id) -> has.put(byTopic.get(t), new Partition(byTopic.get(t), t, id)));
      listing.created(answer.byThis());
    }
    Map<PartitionName, Partition> asked = new HashMap<>();
    names.forEach(name -> asked.put(name, has.get(name)));
    return new Creation(asked, created);
  }

  private static void requireRoom(
      TableInfo table, PartitionKeys keys, List<PartitionName> missing, int has) {
    int limit = Configuration.fromMap(table.options()).get(TableOptions.MAX_PARTITIONS);
    if (!missing.isEmpty() && has + missing.size() > limit) {
      throw new TooManyPartitionsException(
          table.path(), keys.show(missing.get(0)), missing.size(), has, limit);
    }
  }

  /** What was done to the table while its topics were made is done to them, too. */
  private void requireTable(TableInfo table, TableTopics.Created answer) {
    Optional<TableInfo> now = recorded(table);
    if (now.isEmpty()) {
      topics.delete(answer.byThis().values());
      throw new TableNotFoundException(table.path());
    }
    if (!now.get().options().equals(table.options())) {
      topics.alterRetention(now.get(), List.copyOf(answer.byThis().keySet()));
    }
  }

  /** The table as it is recorded now; empty where it is gone. */
  private Optional<TableInfo> recorded(TableInfo table) {
    Optional<DatabaseImage> image = store.read(table.path().database());
    return image.stream()
        .flatMap(TableLifecycle::readable)
        .filter(t -> t.id().equals(table.id()) && t.state() == TableState.READY)
        .findFirst();
  }

  /**
   * Makes sure that partitions that were listed are topics that were created for the table.
   *
   * @throws TopicConflictException where one is not
   */
  void requireOwn(TableInfo table, Collection<Partition> partitions) {
    Map<String, Partition> byTopic =
        partitions.stream().collect(Collectors.toMap(Partition::topic, Function.identity()));
    if (byTopic.isEmpty()) {
      return;
    }
    origin.problems(table, byTopic.keySet()).entrySet().stream()
        .findFirst()
        .ifPresent(
            problem -> {
              String topic = problem.getKey();
              String shown = PartitionKeys.of(table).show(byTopic.get(topic).name());
              throw new TopicConflictException(
                  "Partition "
                      + shown
                      + " of table '"
                      + table.path()
                      + "' cannot be used: topic '"
                      + topic
                      + "' was not created for it, since "
                      + problem.getValue()
                      + ". Brokers with auto.create.topics.enable=true bring topics of dropped"
                      + " partitions back for producers that still know them. Drop the partition"
                      + " with ALTER TABLE ... DROP PARTITION, set auto.create.topics.enable=false"
                      + " on the brokers, and try again.");
            });
  }

  /** The {@code max.message.bytes} of a topic that would be created; empty where not known. */
  OptionalInt maxMessageBytesOfNew(TableInfo table) {
    PartitionKeys.of(table);
    return topics.maxMessageBytes(table.inTopic(table.topic() + PROBE, null));
  }

  /** Drops a partition that was listed; one that is gone, or was created again, is left alone. */
  void drop(TableInfo table, Partition partition) {
    drop(table, List.of(partition));
  }

  private void drop(TableInfo table, List<Partition> partitions) {
    Map<String, String> ids =
        partitions.stream().collect(Collectors.toMap(Partition::topic, Partition::topicId));
    rights.needed(
        Operation.DROP,
        AclResource.table(table.path()),
        "Partitions of table '" + table.path() + "' cannot be dropped",
        () -> topics.delete(ids.values()));
    listing.deleted(ids);
  }

  /**
   * Drops all partitions of a table that is being dropped.
   *
   * <p>Brokers may tell of a topic a moment after the controller made it, so they are asked again
   * until none is left.
   */
  void dropAll(TableInfo table) {
    List<Partition> left = List.copyOf(list(table).values());
    while (!left.isEmpty()) {
      drop(table, left);
      left = List.copyOf(list(table).values());
    }
  }

  /**
   * Creates the partitions that should be there at a time and drops those that should not, once
   * their rows may go, see {@link LakeCoverage}. Creates also where dropping fails: a client may
   * have the rights to the one and not to the other.
   *
   * @throws TableNotFoundException where the table is gone; another one of that name keeps its own
   * @throws FlussException where a step fails; the others are done, and it can be repeated
   */
  PartitionChanges maintain(TableInfo table, AutoPartitioning auto, Instant now) {
    List<Partition> expired = List.of();
    RuntimeException notDropped = null;
    try {
      expired = dropExpired(table, auto, now);
    } catch (TableNotFoundException e) {
      throw e;
    } catch (RuntimeException e) {
      notDropped = e;
    }
    List<Partition> created = createdOf(table, auto.wanted(now), notDropped);
    if (notDropped != null) {
      throw notDropped;
    }
    return new PartitionChanges(created, expired);
  }

  private List<Partition> dropExpired(TableInfo table, AutoPartitioning auto, Instant now) {
    List<Partition> old =
        list(table).values().stream().filter(p -> auto.isExpired(p.name(), now)).toList();
    if (old.isEmpty()) {
      return old;
    }
    TableInfo current = recorded(table).orElseThrow(() -> new TableNotFoundException(table.path()));
    List<Partition> expired = lakes.mayExpire(current, old);
    drop(table, expired);
    return expired;
  }

  private List<Partition> createdOf(
      TableInfo table, Collection<PartitionName> wanted, @Nullable RuntimeException before) {
    try {
      return createMissing(table, wanted).created();
    } catch (RuntimeException e) {
      if (before != null) {
        e.addSuppressed(before);
      }
      throw e;
    }
  }
}
