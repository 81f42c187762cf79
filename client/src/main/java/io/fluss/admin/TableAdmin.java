package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Operation;
import io.fluss.acl.Rights;
import io.fluss.acl.kafka.AclAdmin;
import io.fluss.kafka.Backoff;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.KafkaFutures;
import io.fluss.kafka.SecretOptions;
import io.fluss.lake.state.LakeLag;
import io.fluss.lake.state.LakeRegistry;
import io.fluss.lake.state.LakeState;
import io.fluss.metadata.DatabaseImage;
import io.fluss.metadata.DatabaseInfo;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.metadata.InvalidMetadataException;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.metadata.TableEntry;
import io.fluss.options.TableOptions;
import io.fluss.partition.AutoPartitioning;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogTopics;
import io.fluss.table.Names;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.topic.TableTopics;
import io.fluss.topic.TopicListing;
import io.fluss.topic.TopicNames;
import io.fluss.topic.TopicOrigin;
import io.fluss.write.TopicLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Creates, finds and drops databases and tables.
 *
 * <p>Answers are strongly consistent: a call sees every change acknowledged before it began, by
 * whichever client. Changes are crash-safe: a client that dies on the way leaves either nothing or
 * something that the next one to touch it finishes. Database {@value #DEFAULT_DATABASE} is there
 * from the start; its topic is made with its first table.
 *
 * <p>Thread-safe. Close it to free its connections.
 */
public final class TableAdmin implements AutoCloseable {

  /** The database that always exists. */
  public static final String DEFAULT_DATABASE = "fluss";

  private static final String ALTERED = "altered";
  private static final String DROPPED = "dropped";
  private static final String TIERED = "tiered";

  /** How long whoever creates a table may take before others who need it finish the creation. */
  private static final Duration COURTESY = Duration.ofMillis(500);

  private final ClientConfig config;
  private final Admin admin;
  private final MetadataStore store;
  private final TableTopics topics;
  private final PartitionLifecycle partitions;
  private final TableLifecycle tables;
  private final DatabaseLifecycle databases;
  private final ColumnSetRegistrar columnSets;
  private final LakeRegistry lakes;
  private final LakeLags lakeLags;
  private final AclAdmin acls;
  private final Rights rights;
  private final TopicRights topicRights;
  private final VisibleTables visible;

  private TableAdmin(ClientConfig config, DdlListener listener) {
    Map<String, Object> settings = config.toKafka();
    settings.put("retry.backoff.ms", 20);
    settings.put("retry.backoff.max.ms", 200);
    settings.put("enable.metrics.push", false);
    this.config = config;
    this.admin = config.open(() -> Admin.create(settings));
    this.rights = new Rights(config);
    this.topicRights = new TopicRights(admin, rights);
    this.visible = new VisibleTables(admin);
    this.store = new MetadataStore(config, admin);
    this.topics = new TableTopics(admin);
    this.lakes =
        new LakeRegistry(
            store,
            visible::of,
            table -> requireTopicRight(table, AclOperation.ALTER, Operation.ALTER, TIERED));
    this.partitions =
        new PartitionLifecycle(
            store,
            topics,
            new TopicListing(admin),
            new TopicOrigin(admin),
            new LakeCoverage(lakes, admin),
            rights);
    this.tables = new TableLifecycle(store, topics, partitions, listener);
    this.databases = new DatabaseLifecycle(store, tables, listener);
    this.columnSets = new ColumnSetRegistrar(store);
    this.lakeLags = new LakeLags(lakes, partitions, admin);
    this.acls = new AclAdmin(config, admin, new TablesByTopic(store));
  }

  /** An admin of the cluster; says nothing to it before it is asked something. */
  public static TableAdmin connect(ClientConfig config) {
    return new TableAdmin(config, DdlListener.NONE);
  }

  /** For tests that stop between steps. */
  static TableAdmin connect(ClientConfig config, DdlListener listener) {
    return new TableAdmin(config, listener);
  }

  /**
   * Asks the cluster for an answer.
   *
   * @throws FlussException where the login is refused, or where no answer comes within the time;
   *     names the address and the likely cause, for which it may take a few seconds more
   */
  public void requireReachable(Duration timeout) {
    try {
      KafkaFutures.await(
          admin
              .describeCluster(new DescribeClusterOptions().timeoutMs((int) timeout.toMillis()))
              .clusterId());
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      if (config.isLoginRefused(e)) {
        throw new FlussException(config.explain(e), e);
      }
      throw new FlussException(
          "Kafka at '"
              + config.bootstrapServers()
              + "' cannot be used: "
              + e.getMessage()
              + " "
              + config
                  .diagnose()
                  .orElse("Check 'bootstrap.servers', the network and the security settings."),
          e);
    }
  }

  /** The brokers of the cluster, as it is now. */
  public List<Node> brokers() {
    try {
      return KafkaFutures.await(admin.describeCluster().nodes()).stream()
          .sorted(Comparator.comparingInt(Node::id))
          .toList();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new FlussException(
          "The brokers at '"
              + config.bootstrapServers()
              + "' cannot be listed: "
              + config.explain(e),
          e);
    }
  }

  /** The topics of a table as the brokers know them, asked over this; need not be closed. */
  public LogTopics log(TableInfo table) {
    return LogTopics.shared(table, config, admin);
  }

  /**
   * What the topic of a table takes.
   *
   * @throws FlussException where the brokers do not answer
   */
  public TopicLimits limits(TableInfo table) throws InterruptedException {
    return TopicLimits.ofTopic(table, config, admin);
  }

  // ------------------------------------------------------------------------------- databases

  /** Names of the databases that the user may see, sorted. */
  public SortedSet<String> listDatabases() {
    SortedSet<String> names = store.list();
    if (!names.contains(DEFAULT_DATABASE) && visible.isDatabaseVisible(DEFAULT_DATABASE)) {
      names.add(DEFAULT_DATABASE);
    }
    return names;
  }

  /** The database, if it exists. */
  public Optional<DatabaseInfo> findDatabase(String name) {
    if (Names.problemWithDatabase(name).isPresent()) {
      return Optional.empty();
    }
    Optional<DatabaseInfo> recorded = store.read(name).map(DatabaseImage::info);
    return recorded.isEmpty() && name.equals(DEFAULT_DATABASE)
        ? Optional.of(new DatabaseInfo(name, false, null, Map.of(), 0))
        : recorded;
  }

  /**
   * Creates a database.
   *
   * @throws DatabaseExistsException where the name is taken
   * @throws FlussException where the name is not allowed
   */
  public void createDatabase(
      String name, @Nullable String comment, Map<String, String> properties) {
    Names.problemWithDatabase(name)
        .ifPresent(
            problem -> {
              throw new FlussException(problem);
            });
    if (name.equals(DEFAULT_DATABASE)) {
      throw new DatabaseExistsException(name);
    }
    requireNoConnection(name, properties);
    rights.needed(
        Operation.CREATE,
        AclResource.cluster(),
        "Database '" + name + "' cannot be created",
        () -> databases.create(name, comment, properties));
  }

  /**
   * Replaces comment and properties of a database.
   *
   * @throws DatabaseNotFoundException where there is none
   */
  public void alterDatabase(String name, @Nullable String comment, Map<String, String> properties) {
    requireNoConnection(name, properties);
    String failed = "Database '" + name + "' cannot be changed";
    AclResource resource = AclResource.database(name);
    rights.needed(
        Operation.ALTER,
        resource,
        failed,
        () -> {
          createIfDefault(name);
          topicRights.require(
              List.of(TopicNames.metadata(name)),
              AclOperation.ALTER_CONFIGS,
              Operation.ALTER,
              resource,
              failed);
          databases.alter(name, comment, properties);
        });
  }

  /** Properties of a database are stored for all to read. */
  private static void requireNoConnection(String database, Map<String, String> properties) {
    List<String> refused =
        properties.keySet().stream()
            .filter(key -> ClientConfig.isConnection(key) || SecretOptions.isSecret(key))
            .sorted()
            .toList();
    if (!refused.isEmpty()) {
      throw new FlussException(
          "Database '"
              + database
              + "' cannot have the properties "
              + refused
              + ": they say how to reach Kafka or may hold secrets, and properties of a database"
              + " are stored in clear. Set them in CREATE CATALOG.");
    }
  }

  /**
   * Drops a database without tables.
   *
   * @throws DatabaseNotFoundException where there is none
   * @throws DatabaseNotEmptyException where it has tables
   * @throws FlussException for {@value #DEFAULT_DATABASE}, which always exists
   */
  public void dropDatabase(String name) {
    requireDroppable(name);
    drop(name, () -> databases.drop(name));
  }

  /**
   * Drops a database and all its tables. After a crash on the way, call it again. Topics of tables
   * whose record cannot be read stay, as with {@link #dropTable}.
   *
   * @throws DatabaseNotFoundException where there is none
   * @throws FlussException for {@value #DEFAULT_DATABASE}, which always exists
   */
  public void dropDatabaseWithTables(String name) {
    requireDroppable(name);
    drop(name, () -> databases.dropWithTables(name));
  }

  /** Nothing is marked as being dropped that could not be dropped to the end. */
  private void drop(String database, Runnable action) {
    String failed = "Database '" + database + "' cannot be dropped";
    AclResource resource = AclResource.database(database);
    rights.needed(
        Operation.DROP,
        resource,
        failed,
        () -> {
          List<String> metadata = List.of(TopicNames.metadata(database));
          topicRights.require(metadata, AclOperation.DELETE, Operation.DROP, resource, failed);
          List<String> ofTables = new ArrayList<>();
          store.read(database).stream()
              .flatMap(TableLifecycle::readable)
              .forEach(table -> ofTables.addAll(topicsOf(table)));
          topicRights.require(ofTables, AclOperation.DELETE, Operation.DROP, resource, failed);
          action.run();
        });
  }

  /**
   * All topics of a table. A listing of partitions leaves out those that this client may not see,
   * so it is asked first whether it may: none listed is then none there.
   *
   * @throws AccessRefusedException where the table is partitioned and may not be seen
   */
  private List<String> topicsOf(TableInfo table) {
    if (!table.isPartitioned()) {
      return List.of(table.topic());
    }
    requireVisible(table);
    return partitions.list(table).values().stream().map(Partition::topic).toList();
  }

  /**
   * Passes where the topics of the table may be used so. A partitioned table without partitions has
   * none: it passes where it may be seen.
   */
  private void requireTopicRight(
      TableInfo table, AclOperation needed, Operation operation, String done) {
    topicRights.require(
        topicsOf(table),
        needed,
        operation,
        AclResource.table(table.path()),
        "Table '" + table.path() + "' cannot be " + done);
  }

  /**
   * Passes where this client may read the rows of the table's topics. Asked before rows are read
   * from its lake, of which Kafka knows nothing. A partitioned table without partitions passes
   * where it may be seen.
   *
   * @throws AccessRefusedException where it may not
   */
  public void requireReadable(TableInfo table) {
    requireTopicRight(table, AclOperation.READ, Operation.READ, "read");
  }

  /** Does something with the definition of a table. */
  private <T> T needed(Operation operation, TablePath table, String done, Supplier<T> action) {
    return rights.needed(
        operation, AclResource.table(table), "Table '" + table + "' cannot be " + done, action);
  }

  private static void requireDroppable(String name) {
    if (name.equals(DEFAULT_DATABASE)) {
      throw new FlussException(
          "Database '"
              + name
              + "' cannot be dropped, with its tables or without: it is the default database and"
              + " always exists. Drop the tables in it one by one.");
    }
  }

  private boolean isUnusedDefault(String name) {
    return name.equals(DEFAULT_DATABASE) && store.read(name).isEmpty();
  }

  private void createIfDefault(String name) {
    if (isUnusedDefault(name)) {
      try {
        databases.create(name, null, Map.of());
      } catch (DatabaseExistsException e) {
        // another client was faster
      }
    }
  }

  // ---------------------------------------------------------------------------------- tables

  /** As {@link #createTable(TablePath, TableDescriptor, TableRules)}, by the standard rules. */
  public TableInfo createTable(TablePath path, TableDescriptor descriptor) {
    return createTable(path, descriptor, TableRules.standard());
  }

  /**
   * Creates a table.
   *
   * @param rules what the table may be
   * @return the table, ready for use
   * @throws InvalidTableException where the description is not allowed, with all reasons
   * @throws TableExistsException where the name is taken
   * @throws DatabaseNotFoundException where there is no such database
   */
  public TableInfo createTable(TablePath path, TableDescriptor descriptor, TableRules rules) {
    List<String> problems = rules.problems(path.database(), path.table(), descriptor);
    if (!problems.isEmpty()) {
      throw new InvalidTableException(path.toString(), problems);
    }
    return rights.needed(
        Operation.CREATE,
        AclResource.database(path.database()),
        "Table '" + path + "' cannot be created",
        () -> {
          createIfDefault(path.database());
          TableInfo created = tables.create(path, withTimeZone(descriptor));
          maintainPartitions(created, Instant.now());
          return created;
        });
  }

  /** So that all clients mean the same partition by the same time. */
  private static TableDescriptor withTimeZone(TableDescriptor descriptor) {
    Map<String, String> options = new HashMap<>(descriptor.options());
    if (Configuration.fromMap(options).get(TableOptions.AUTO_PARTITION_ENABLED)) {
      options.putIfAbsent(
          TableOptions.AUTO_PARTITION_TIME_ZONE.key(), ZoneId.systemDefault().getId());
    }
    return descriptor.withOptions(options);
  }

  /**
   * The table, ready for use.
   *
   * @throws TableNotFoundException where there is none
   * @throws InvalidMetadataException where its record is corrupt or too new
   * @throws io.fluss.topic.TopicConflictException where its topic is gone or was replaced
   */
  public TableInfo table(TablePath path) {
    return findTable(path).orElseThrow(() -> new TableNotFoundException(path));
  }

  /** As {@link #table}, and empty where there is none. */
  public Optional<TableInfo> findTable(TablePath path) {
    return needed(Operation.DESCRIBE, path, "used", () -> findUsable(path));
  }

  private Optional<TableInfo> findUsable(TablePath path) {
    Optional<TableInfo> found = awaitCreation(path);
    if (found.isEmpty() || found.get().state() == TableState.DROPPING) {
      return Optional.empty();
    }
    if (found.get().state() == TableState.CREATING) {
      return Optional.of(tables.complete(found.get()));
    }
    if (found.get().isPartitioned()) {
      requireVisible(found.get());
    } else {
      topics.verify(found.get());
    }
    return found;
  }

  /**
   * The table as it was recorded; empty where there is none. Its topic is not looked at: it may be
   * gone, or not be made yet.
   *
   * @throws InvalidMetadataException where its record is corrupt or too new
   */
  public Optional<TableInfo> findDefinition(TablePath path) {
    Optional<TableInfo> found =
        store
            .read(path.database())
            .flatMap(image -> image.table(path.table()))
            .filter(t -> t.state() != TableState.DROPPING);
    found.ifPresent(this::requireVisible);
    return found;
  }

  private void requireVisible(TableInfo table) {
    if (!visible.isVisible(table)) {
      throw rights.refusal(
          Operation.DESCRIBE,
          AclResource.table(table.path()),
          "Table '" + table.path() + "' cannot be used",
          null);
    }
  }

  /**
   * What is recorded of this table as of now, under whichever name; empty where it is gone. Unlike
   * its name, a table's id is never another table's, so this is for those who hold a table for
   * long.
   */
  public Optional<TableInfo> refresh(TableInfo table) {
    return store
        .read(table.path().database())
        .flatMap(image -> ColumnSetRegistrar.find(image, table));
  }

  /**
   * Registers a column set of a primary-key table, so that its columns can be updated without the
   * others. Where the table has a set of just these columns, it is that one: any number of clients
   * that ask for the same columns get the same set. Needs the rights to change the metadata only
   * where the set is not there yet.
   *
   * @param table as it was found; it may have been renamed since
   * @param fieldIds ids of stored columns that are not of the primary key, in any order
   * @throws TableNotFoundException where the table is gone
   * @throws FlussException where the table has no such set and can have none: it is no primary-key
   *     table or merges whole rows, the columns are not there or of the primary key, or it has
   *     {@value io.fluss.table.ColumnSet#MAX_ID} sets
   */
  public ColumnSetRegistration registerColumnSet(TableInfo table, Collection<Integer> fieldIds) {
    TreeSet<Integer> wanted = new TreeSet<>(fieldIds);
    String done = "updated in a new set of columns";
    return needed(
        Operation.ALTER,
        table.path(),
        done,
        () -> {
          if (refresh(table).flatMap(t -> t.columnSetOf(wanted)).isEmpty()) {
            requireTopicRight(table, AclOperation.ALTER, Operation.ALTER, done);
          }
          return columnSets.register(table, wanted);
        });
  }

  /** As {@link #alterTable}, of options alone. */
  public TableInfo alterOptions(TableInfo table, OptionChange change, TableRules rules) {
    return alterTable(table, new TableAlteration(List.of(), change), rules);
  }

  /**
   * Changes columns and options of a table, all of it in one step. Jobs that read and write the
   * table go on as they were planned.
   *
   * @param table as it was found; it may have been renamed since
   * @param change see {@link SchemaChange} and {@link OptionChange}
   * @param rules what the table may be then
   * @return the table as it is now
   * @throws TableNotFoundException where the table is gone
   * @throws InvalidTableException where something cannot change, or the table would not be allowed,
   *     with all reasons; nothing was changed
   * @throws FlussException where the record was changed and topics could not follow, see {@link
   *     #alterRetention}
   */
  public TableInfo alterTable(TableInfo table, TableAlteration change, TableRules rules) {
    return needed(
        Operation.ALTER,
        table.path(),
        ALTERED,
        () -> {
          requireTopicRight(table, AclOperation.ALTER, Operation.ALTER, ALTERED);
          return alter(table, change, rules);
        });
  }

  private TableInfo alter(TableInfo table, TableAlteration change, TableRules rules) {
    DatabaseImage image =
        store.change(
            table.path().database(),
            seen -> {
              TableInfo now = ColumnSetRegistrar.require(seen, table);
              TableInfo changed = change.applyTo(now, rules);
              return changed.equals(now) ? List.of() : List.of(MetadataRecord.put(changed));
            });
    TableInfo altered = ColumnSetRegistrar.require(image, table);
    if (change.options().touchesRetention()) {
      alterRetention(altered);
    }
    if (change.options().touchesPartitions()) {
      maintainPartitions(altered, Instant.now());
    }
    return altered;
  }

  /** Gives whoever is creating the table a moment to finish. */
  private Optional<TableInfo> awaitCreation(TablePath path) {
    Deadline deadline = Deadline.fromNow(COURTESY);
    Backoff backoff = new Backoff();
    while (true) {
      Optional<TableInfo> found =
          store.read(path.database()).flatMap(image -> image.table(path.table()));
      if (found.filter(t -> t.state() == TableState.CREATING).isEmpty() || deadline.isOverdue()) {
        return found;
      }
      backoff.pause();
    }
  }

  /** Whether there is a table that the user may see, also one whose record cannot be read. */
  public boolean tableExists(TablePath path) {
    return store
        .read(path.database())
        .filter(image -> isListed(image.tables().get(path.table())))
        .filter(image -> !visible.of(image, List.of(path.table())).isEmpty())
        .isPresent();
  }

  /**
   * Names of the tables of a database that the user may see, sorted.
   *
   * @throws DatabaseNotFoundException where there is no such database
   */
  public List<String> listTables(String database) {
    Optional<DatabaseImage> image = store.read(database);
    if (image.isEmpty()) {
      if (database.equals(DEFAULT_DATABASE)) {
        return List.of();
      }
      throw new DatabaseNotFoundException(database);
    }
    List<String> all =
        image.get().tables().entrySet().stream()
            .filter(e -> isListed(e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return visible.of(image.get(), all);
  }

  private static boolean isListed(@Nullable TableEntry entry) {
    return entry != null
        && !(entry instanceof TableEntry.Readable r && r.table().state() == TableState.DROPPING);
  }

  /**
   * Drops a table and its rows. After a crash on the way, call it again.
   *
   * <p>Of a table whose record cannot be read the record goes and the topic stays, since only the
   * record says which topic it is. As that cannot be asked for rights to the table, it takes the
   * right to drop the database.
   *
   * @throws TableNotFoundException where there is none
   */
  public void dropTable(TablePath path) {
    if (isUnusedDefault(path.database())) {
      throw new TableNotFoundException(path);
    }
    needed(
        Operation.DROP,
        path,
        DROPPED,
        () -> {
          store
              .read(path.database())
              .map(image -> image.tables().get(path.table()))
              .ifPresent(entry -> requireDroppable(path, entry));
          tables.drop(path);
          return null;
        });
  }

  private void requireDroppable(TablePath path, TableEntry entry) {
    if (entry instanceof TableEntry.Readable readable) {
      requireTopicRight(readable.table(), AclOperation.DELETE, Operation.DROP, DROPPED);
    } else {
      topicRights.require(
          List.of(TopicNames.metadata(path.database())),
          AclOperation.DELETE,
          Operation.DROP,
          AclResource.database(path.database()),
          "Table '"
              + path
              + "' cannot be dropped, as its record cannot be read and nothing else says which"
              + " topics are its own");
    }
  }

  /**
   * Gives a table another name in its database; its id, topic and rows stay.
   *
   * @throws TableNotFoundException where there is none of the old name
   * @throws TableExistsException where the new name is taken
   * @throws FlussException where the new name is not allowed, or the table's lake is enabled
   */
  public void renameTable(TablePath from, String newName) {
    Names.problemWithTable(newName)
        .ifPresent(
            problem -> {
              throw new FlussException(problem);
            });
    if (isUnusedDefault(from.database())) {
      throw new TableNotFoundException(from);
    }
    needed(
        Operation.ALTER,
        from,
        "renamed",
        () -> {
          store.read(from.database()).stream()
              .flatMap(TableLifecycle::readable)
              .filter(t -> t.path().equals(from))
              .forEach(t -> requireTopicRight(t, AclOperation.ALTER, Operation.ALTER, "renamed"));
          tables.rename(from, TablePath.of(from.database(), newName));
          return null;
        });
  }

  // ------------------------------------------------------------------------------ partitions

  /**
   * The partitions of a table, in the order of their topics' names. One request for all; a
   * partition that another client just created may be missing for a moment.
   *
   * @throws IllegalArgumentException where the table is not partitioned
   */
  public List<Partition> listPartitions(TableInfo table) {
    return List.copyOf(partitions.list(table).values());
  }

  /**
   * Creates a partition.
   *
   * @throws PartitionExistsException where it is there already
   * @throws TooManyPartitionsException where the table has as many as it may have
   * @throws TableNotFoundException where the table is gone
   * @throws FlussException where Kafka refuses
   */
  public Partition createPartition(TableInfo table, PartitionName name) {
    PartitionLifecycle.Creation creation = partitions.createMissing(table, List.of(name));
    if (creation.created().isEmpty()) {
      throw new PartitionExistsException(table.path(), PartitionKeys.of(table).show(name));
    }
    return creation.created().get(0);
  }

  /**
   * Makes sure that partitions are there, whoever creates them; a few requests for all.
   *
   * @return they all, by name
   * @throws TooManyPartitionsException where the table would have too many; then none was created
   * @throws TableNotFoundException where the table is gone
   * @throws io.fluss.topic.TopicConflictException where one was there and was not created for it
   * @throws FlussException where Kafka refuses one; the others may have been created
   */
  public Map<PartitionName, Partition> createPartitions(
      TableInfo table, Collection<PartitionName> names) {
    PartitionLifecycle.Creation creation = partitions.createMissing(table, names);
    Set<Partition> ofOthers = new HashSet<>(creation.partitions().values());
    creation.created().forEach(ofOthers::remove);
    partitions.requireOwn(table, ofOthers);
    return creation.partitions();
  }

  /**
   * Makes sure that partitions that were listed were created for this table. A topic that only has
   * such a name is listed too, for instance one that a broker has created by itself. Two requests
   * for all.
   *
   * @throws io.fluss.topic.TopicConflictException where one was not; says why and what to do
   */
  public void requireOwnPartitions(TableInfo table, Collection<Partition> listed) {
    partitions.requireOwn(table, listed);
  }

  /**
   * The {@code max.message.bytes} that a new partition's topic would have; nothing is created.
   *
   * @return empty where this client may not know
   * @throws IllegalArgumentException where the table is not partitioned
   */
  public OptionalInt maxMessageBytesOfNewPartitions(TableInfo table) {
    return partitions.maxMessageBytesOfNew(table);
  }

  /**
   * Drops a partition and its rows in the log. Those that are in a lake stay there and are read on.
   *
   * @throws PartitionNotFoundException where there is none
   */
  public void dropPartition(TableInfo table, PartitionName name) {
    Partition found = partitions.list(table).get(name);
    if (found == null) {
      requireVisible(table);
      throw new PartitionNotFoundException(table.path(), PartitionKeys.of(table).show(name));
    }
    partitions.drop(table, found);
  }

  /**
   * Creates the partitions that a table's {@code table.auto-partition.*} options want at a time and
   * drops those that are too old; where rows wait for the lake ({@code
   * table.datalake.retention-policy} is {@code block}), once it has all of them. Any number of
   * clients may do so at once: each partition is created once and dropped once. Does nothing to
   * other tables.
   *
   * @throws FlussException where a step fails; those before it are done, and it can be repeated
   */
  public PartitionChanges maintainPartitions(TableInfo table, Instant now) {
    return AutoPartitioning.of(table)
        .map(auto -> partitions.maintain(table, auto, now))
        .orElse(PartitionChanges.NONE);
  }

  // ------------------------------------------------------------------------------------ acls

  /** Who may do what. Closed with this. */
  public AclAdmin acls() {
    return acls;
  }

  // ----------------------------------------------------------------------------------- lakes

  /** Who tiers which table, and how far; for the tiering job. Closed with this. */
  public LakeRegistry lakes() {
    return lakes;
  }

  /**
   * How far a table is tiered, and why it is not where that is so; empty where nobody has begun.
   *
   * @throws InvalidMetadataException where the record is corrupt or too new
   */
  public Optional<LakeState> lakeState(TableInfo table) {
    return lakes.state(table);
  }

  /**
   * How far the lake is behind the log, for each bucket of the table or of its partitions; a few
   * requests for all.
   *
   * @throws InvalidMetadataException where the record is corrupt or too new
   * @throws FlussException where Kafka does not say where the logs begin and end
   */
  public LakeLag lakeLag(TableInfo table) {
    return lakeLags.of(table);
  }

  /**
   * Lets a table be tiered on that is parked or fails; rows that are in neither lake nor log are
   * left out. Changes nothing where all is well.
   *
   * @return how far the table is tiered; empty where nobody has begun
   * @throws DatabaseNotFoundException where the table's database is gone
   */
  public Optional<LakeState> resumeTiering(TableInfo table) {
    return needed(Operation.ALTER, table.path(), TIERED, () -> lakes.resume(table));
  }

  /**
   * Makes the topics of a table keep records for as long as its options say: after {@code
   * table.log.ttl}, {@code table.datalake.enabled} or {@code table.datalake.retention-policy} was
   * changed. Can be repeated.
   *
   * @param table as it is recorded now
   * @throws FlussException where Kafka refuses; some of its topics may have been changed
   */
  public void alterRetention(TableInfo table) {
    needed(
        Operation.ALTER,
        table.path(),
        ALTERED,
        () -> {
          topics.alterRetention(table, topicsOf(table));
          return null;
        });
  }

  @Override
  public void close() {
    store.close();
    admin.close(Duration.ofSeconds(5));
  }
}
