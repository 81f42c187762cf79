package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.kafka.Backoff;
import io.fluss.lake.state.LakeRecords;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.metadata.TableEntry;
import io.fluss.options.TableOptions;
import io.fluss.partition.Partition;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.topic.TableTopics;
import io.fluss.topic.TopicConflictException;
import io.fluss.topic.TopicNames;
import io.fluss.topic.TopicRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.api.common.time.Deadline;

/**
 * Creates, drops and renames tables: first the record, then the topic, then the record again.
 *
 * <pre>
 *   create:  record CREATING -> topic -> record READY with the topic's id
 *   drop:    record DROPPING -> topic deleted by its id -> record removed
 * </pre>
 *
 * <p>A partitioned table has a topic for each partition and none of its own: with its record it is
 * ready, and its partitions go before its record does.
 *
 * <p>A process that ends between two steps leaves a record from which anyone can go on: {@link
 * #finish} does, and it may run beside the one who began. Each step can be repeated. Topics are
 * deleted by id only, so a late repetition cannot hit a topic made since. A record that cannot be
 * read names no id, so when it is dropped its topic stays. Thread-safe.
 */
final class TableLifecycle {

  /** Brokers may know of a topic's end a moment later than the controller. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private static final int SHOWN_TOPICS = 5;

  private final MetadataStore store;
  private final TableTopics topics;
  private final PartitionLifecycle partitions;
  private final DdlListener listener;

  TableLifecycle(
      MetadataStore store,
      TableTopics topics,
      PartitionLifecycle partitions,
      DdlListener listener) {
    this.store = store;
    this.topics = topics;
    this.partitions = partitions;
    this.listener = listener;
  }

  /**
   * Creates a table whose description was checked before.
   *
   * @throws TableExistsException where the name is taken
   * @throws DatabaseNotFoundException where there is no such database
   * @throws TopicConflictException where a topic of the table's name exists that is not of a table
   * @throws TopicRefusedException where Kafka refuses the topic; nothing is left behind
   */
  TableInfo create(TablePath path, TableDescriptor descriptor) {
    TableInfo wanted = descriptor.toTableInfo(path, UUID.randomUUID(), TopicNames.table(path));
    requireCreatable(wanted);
    while (true) {
      DatabaseImage image = store.change(path.database(), now -> creation(now, wanted));
      TableInfo found = require(image, path);
      if (found.id().equals(wanted.id())) {
        listener.after(DdlStep.TABLE_RECORDED_AS_CREATING);
        return completeOwn(found);
      }
      finish(found);
    }
  }

  /** Refuses before anything is written what the controller would refuse. */
  private void requireCreatable(TableInfo wanted) {
    TableTopics.CheckAnswer check = topics.check(firstTopic(wanted));
    TablePath path = wanted.path();
    DatabaseImage image =
        store
            .read(path.database())
            .orElseThrow(() -> new DatabaseNotFoundException(path.database()));
    image
        .table(path.table())
        .filter(t -> t.state() == TableState.READY)
        .ifPresent(
            t -> {
              throw new TableExistsException(path);
            });
    boolean exists = check.await() == TableTopics.Check.TOPIC_EXISTS;
    if (wanted.isPartitioned()) {
      if (image.table(path.table()).isEmpty()) {
        requireNoPartitions(TopicClaims.withFreeTopic(image, wanted));
      }
    } else if (exists && TopicClaims.isFree(image, wanted.topic())) {
      throw new TopicConflictException(
          "Table '"
              + path
              + "' cannot be created: Kafka has a topic '"
              + wanted.topic()
              + "' already, and it belongs to no table. Delete the topic if nobody needs it, or"
              + " choose another name for the table.");
    }
  }

  /** The table in a topic that it would have; for a partitioned one in that of some partition. */
  private static TableInfo firstTopic(TableInfo wanted) {
    return wanted.isPartitioned() ? wanted.inTopic(wanted.topic() + "._", null) : wanted;
  }

  /**
   * Topics that look like partitions of a table that is not there yet are not of our making, but
   * for those of a table just dropped, which brokers may show for a moment.
   */
  private void requireNoPartitions(TableInfo wanted) {
    Deadline deadline = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      Collection<Partition> found = partitions.list(wanted).values();
      if (found.isEmpty()) {
        return;
      }
      if (deadline.isOverdue()) {
        throw new TopicConflictException(
            "Table '"
                + wanted.path()
                + "' cannot be created: Kafka has topics that would be partitions of it and belong"
                + " to no table: "
                + found.stream().map(Partition::topic).limit(SHOWN_TOPICS).toList()
                + (found.size() > SHOWN_TOPICS ? " and more" : "")
                + ". Delete them if nobody needs them, or choose another name for the table.");
      }
      backoff.pause();
    }
  }

  private static List<MetadataRecord> creation(DatabaseImage now, TableInfo wanted) {
    if (now.info().dropping()) {
      throw new FlussException(
          "Database '"
              + now.database()
              + "' is being dropped, so table '"
              + wanted.path()
              + "' cannot be created in it. Repeat DROP DATABASE to finish that.");
    }
    Optional<TableInfo> found = now.table(wanted.path().table());
    if (found.isEmpty()) {
      return List.of(MetadataRecord.put(TopicClaims.withFreeTopic(now, wanted)));
    }
    if (found.get().state() == TableState.READY && !found.get().id().equals(wanted.id())) {
      throw new TableExistsException(wanted.path());
    }
    return List.of();
  }

  private TableInfo completeOwn(TableInfo creating) {
    try {
      return complete(creating);
    } catch (TopicRefusedException | TopicConflictException e) {
      store.change(creating.path().database(), now -> removal(now, creating, TableState.CREATING));
      throw e;
    }
  }

  /** Goes on where whoever began to create or drop this table has stopped. */
  void finish(TableInfo unfinished) {
    switch (unfinished.state()) {
      case CREATING -> complete(unfinished);
      case DROPPING -> finishDrop(unfinished);
      case READY -> {
        // nothing is left to do
      }
    }
  }

  /** Makes the topic of a table that is recorded as being created, and records it as ready. */
  TableInfo complete(TableInfo creating) {
    if (creating.isPartitioned()) {
      return recordReady(creating, creating.readyForPartitions());
    }
    String topicId;
    try {
      topicId = topics.create(creating);
    } catch (TopicConflictException e) {
      // Rows in the topic: another client was faster, and somebody has written to the table since.
      return completedByAnother(creating).orElseThrow(() -> e);
    }
    listener.after(DdlStep.TABLE_TOPIC_CREATED);
    return recordReady(creating, creating.ready(topicId));
  }

  private TableInfo recordReady(TableInfo creating, TableInfo ready) {
    Optional<TableInfo> found;
    try {
      DatabaseImage image = store.change(creating.path().database(), now -> readiness(now, ready));
      found = readable(image).filter(t -> t.id().equals(creating.id())).findFirst();
    } catch (DatabaseNotFoundException e) {
      found = Optional.empty();
    }
    if (found.isEmpty() || found.get().state() != TableState.READY) {
      if (ready.topicId() != null) {
        topics.delete(List.of(ready.topicId()));
      }
      throw new FlussException(
          "Table '" + creating.path() + "' was dropped by another client while it was created.");
    }
    listener.after(DdlStep.TABLE_RECORDED_AS_READY);
    return found.get();
  }

  private Optional<TableInfo> completedByAnother(TableInfo creating) {
    return store.read(creating.path().database()).stream()
        .flatMap(TableLifecycle::readable)
        .filter(t -> t.id().equals(creating.id()) && t.state() == TableState.READY)
        .findFirst();
  }

  private static List<MetadataRecord> readiness(DatabaseImage now, TableInfo ready) {
    return !now.info().dropping() && isIn(now, ready, TableState.CREATING)
        ? List.of(MetadataRecord.put(ready))
        : List.of();
  }

  /**
   * Drops a table, or finishes dropping it.
   *
   * @throws TableNotFoundException where there is none
   */
  void drop(TablePath path) {
    TableEntry entry =
        store
            .read(path.database())
            .orElseThrow(() -> new DatabaseNotFoundException(path.database()))
            .tables()
            .get(path.table());
    if (entry == null) {
      throw new TableNotFoundException(path);
    }
    DatabaseImage image = store.change(path.database(), now -> dropping(now, path, entry));
    listener.after(DdlStep.TABLE_RECORDED_AS_DROPPING);
    if (entry instanceof TableEntry.Readable readable && isSame(image, path, readable)) {
      finishDrop(require(image, path));
    }
  }

  /** One drop drops one table: where another has taken the name by now, nothing is left to do. */
  private static List<MetadataRecord> dropping(
      DatabaseImage now, TablePath path, TableEntry entry) {
    if (!isSame(now, path, entry)) {
      return List.of();
    }
    if (entry instanceof TableEntry.Unreadable) {
      return removal(now, path.table());
    }
    TableInfo table = require(now, path);
    return table.state() == TableState.DROPPING
        ? List.of()
        : List.of(MetadataRecord.put(table.withState(TableState.DROPPING)));
  }

  private static boolean isSame(DatabaseImage image, TablePath path, TableEntry entry) {
    TableEntry now = image.tables().get(path.table());
    return now instanceof TableEntry.Readable a && entry instanceof TableEntry.Readable b
        ? a.table().id().equals(b.table().id())
        : entry.equals(now);
  }

  private void finishDrop(TableInfo dropping) {
    deleteTopics(List.of(dropping));
    listener.after(DdlStep.TABLE_TOPIC_DELETED);
    store.change(dropping.path().database(), now -> endOf(now, dropping));
    listener.after(DdlStep.TABLE_RECORD_REMOVED);
  }

  /** Deletes the topics of tables that are on their way out. */
  void deleteTopics(Collection<TableInfo> tables) {
    topics.delete(
        tables.stream()
            .filter(t -> !t.isPartitioned())
            .map(this::topicIdOf)
            .flatMap(Optional::stream)
            .toList());
    tables.stream().filter(TableInfo::isPartitioned).forEach(partitions::dropAll);
  }

  /** The table's topic; where it was never recorded, the one that its creation may have left. */
  private Optional<String> topicIdOf(TableInfo table) {
    return table.topicId() == null ? topics.adoptable(table) : Optional.of(table.topicId());
  }

  private static List<MetadataRecord> endOf(DatabaseImage now, TableInfo dropping) {
    List<MetadataRecord> removed = new ArrayList<>(removal(now, dropping, TableState.DROPPING));
    if (!removed.isEmpty()) {
      TopicClaims.retirement(dropping).ifPresent(removed::add);
    }
    return removed;
  }

  private static List<MetadataRecord> removal(
      DatabaseImage now, TableInfo table, TableState expected) {
    return isIn(now, table, expected) ? removal(now, table.path().table()) : List.of();
  }

  /** What is recorded of its lake goes with it; the lake itself stays. */
  private static List<MetadataRecord> removal(DatabaseImage now, String table) {
    List<MetadataRecord> removed = new ArrayList<>(LakeRecords.removals(now, table));
    removed.add(MetadataRecord.removeTable(table));
    return removed;
  }

  /**
   * Gives a table another name in its database. Its id, topic and rows stay.
   *
   * @throws TableNotFoundException where there is none of the old name
   * @throws TableExistsException where the new name is taken
   * @throws FlussException where its lake is enabled
   */
  void rename(TablePath from, TablePath to) {
    DatabaseImage image =
        store
            .read(from.database())
            .orElseThrow(() -> new DatabaseNotFoundException(from.database()));
    TableInfo source = alive(image, from);
    finish(source);
    while (true) {
      DatabaseImage after = store.change(from.database(), now -> renaming(now, source, to));
      TableInfo found = require(after, to);
      if (found.id().equals(source.id())) {
        return;
      }
      finish(found);
    }
  }

  private static List<MetadataRecord> renaming(DatabaseImage now, TableInfo source, TablePath to) {
    Optional<TableInfo> target = now.table(to.table());
    if (target.isPresent()) {
      if (target.get().id().equals(source.id()) || target.get().state() == TableState.DROPPING) {
        return List.of();
      }
      throw new TableExistsException(to);
    }
    TableInfo current = alive(now, source.path());
    if (!current.id().equals(source.id())) {
      throw new TableNotFoundException(source.path());
    }
    requireNoLake(current);
    List<MetadataRecord> records = new ArrayList<>(removal(now, source.path().table()));
    records.add(MetadataRecord.put(current.renamed(to)));
    return records;
  }

  private static void requireNoLake(TableInfo table) {
    if (table.lakeFormat().isPresent()) {
      throw new FlussException(
          "Table '"
              + table.path()
              + "' cannot be renamed: its lake is enabled, and the lake table of that name would"
              + " stay behind. Set '"
              + TableOptions.DATALAKE_ENABLED.key()
              + "' = 'false' first; a lake that is enabled under the new name begins with what the"
              + " log has then.");
    }
  }

  private static boolean isIn(DatabaseImage image, TableInfo table, TableState state) {
    return image.tables().get(table.path().table()) instanceof TableEntry.Readable found
        && found.table().id().equals(table.id())
        && found.table().state() == state;
  }

  private static TableInfo require(DatabaseImage image, TablePath path) {
    return image.table(path.table()).orElseThrow(() -> new TableNotFoundException(path));
  }

  /** The table, unless it is on its way out. */
  private static TableInfo alive(DatabaseImage image, TablePath path) {
    TableInfo table = require(image, path);
    if (table.state() == TableState.DROPPING) {
      throw new TableNotFoundException(path);
    }
    return table;
  }

  static Stream<TableInfo> readable(DatabaseImage image) {
    return image.tables().values().stream()
        .filter(TableEntry.Readable.class::isInstance)
        .map(e -> ((TableEntry.Readable) e).table());
  }
}
