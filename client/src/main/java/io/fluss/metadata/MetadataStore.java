package io.fluss.metadata;

import io.fluss.FlussException;
import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.Backoff;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.KafkaFutures;
import io.fluss.topic.TopicConflictException;
import io.fluss.topic.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What exists: per database one compacted topic {@code __fluss.metadata.d} with one partition.
 *
 * <p><b>No change is lost and none is made on a stale image.</b> The argument:
 *
 * <ol>
 *   <li>All writers of a database use one transactional id. A writer first initialises its producer
 *       (epoch <i>e</i>), which aborts or completes the transaction of whoever was before it.
 *   <li>Then it reads committed records up to the high watermark: every change committed under an
 *       epoch before <i>e</i>, and its own.
 *   <li>It checks the precondition on that image, writes and commits under <i>e</i>.
 *   <li>Another writer can only commit after it initialised a higher epoch. If it did so before our
 *       commit, the broker refuses our write or our commit; if after, it reads our change.
 * </ol>
 *
 * <p>A producer is kept until it is fenced, so a lone client pays for initialisation once. Where
 * the outcome of a commit is unknown, a new epoch settles it, the image is read again and the
 * change asked again: it recognises its own earlier effect.
 *
 * <p>Reading needs no right to write. Thread-safe. The admin client stays with the caller.
 */
public final class MetadataStore implements AutoCloseable {

  static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
  static final Duration TOMBSTONE_RETENTION = Duration.ofDays(1);

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /**
   * How long a writer first waits for a change of another writer before it takes over and aborts
   * it; twice as long on each further try.
   */
  private static final Duration FIRST_PATIENCE = Duration.ofMillis(250);

  private final ClientConfig config;
  private final Admin admin;
  private final Duration timeout;
  private final Map<String, Database> databases = new ConcurrentHashMap<>();

  public MetadataStore(ClientConfig config, Admin admin) {
    this(config, admin, DEFAULT_TIMEOUT);
  }

  /**
   * A store with its own limit of patience.
   *
   * @param timeout for one read or change, with all its tries
   */
  MetadataStore(ClientConfig config, Admin admin, Duration timeout) {
    this.config = config;
    this.admin = admin;
    this.timeout = timeout;
  }

  /** Names of the databases that the user may see, sorted. */
  public SortedSet<String> list() {
    SortedSet<String> names = new TreeSet<>();
    try {
      KafkaFutures.await(admin.listTopics().names())
          .forEach(topic -> TopicNames.databaseOf(topic).ifPresent(names::add));
    } catch (AuthenticationException e) {
      throw loginRefused(e);
    }
    return names;
  }

  /**
   * The database as of now: every change acknowledged before this call is seen.
   *
   * @return empty where the database does not exist
   * @throws MetadataUnavailableException where it could not be read in time
   * @throws FlussException where the user may not read it
   */
  public Optional<DatabaseImage> read(String database) {
    return read(database(database), database, Deadline.fromNow(timeout));
  }

  private Optional<DatabaseImage> read(Database target, String name, Deadline deadline) {
    try {
      return target.log.read(deadline);
    } catch (AuthenticationException e) {
      throw loginRefused(e);
    } catch (AuthorizationException e) {
      throw new AccessRefusedException(
          "The metadata of database '" + name + "' cannot be read, or it does not exist",
          MissingRight.of(config, Operation.DESCRIBE, AclResource.database(name)),
          e);
    }
  }

  /**
   * Changes a database by compare-and-set.
   *
   * @param change called one or more times, each time with a newer image; what it throws ends the
   *     call with nothing written
   * @return the database with the change
   * @throws DatabaseNotFoundException where there is no such database
   * @throws MetadataUnavailableException where it was not possible in time; the outcome is unknown
   */
  public DatabaseImage change(String database, MetadataChange change) {
    Database target = database(database);
    Deadline deadline = Deadline.fromNow(timeout);
    lock(target, database, deadline);
    try {
      if (!target.writer.isOwner()) {
        // Nothing to do, or refused: found out without fencing others and without rights to write.
        DatabaseImage image = require(database, read(target, database, deadline));
        if (change.recordsFor(image).isEmpty()) {
          return image;
        }
      }
      return changeAsOwner(database, target, change, deadline);
    } finally {
      target.lock.unlock();
    }
  }

  private DatabaseImage changeAsOwner(
      String database, Database target, MetadataChange change, Deadline deadline) {
    Backoff backoff = new Backoff();
    Duration patience = FIRST_PATIENCE;
    while (true) {
      try {
        if (!target.writer.isOwner()) {
          target.writer.takeOver();
        }
        // A change begun and never finished hides the end of the log; taking over aborts it.
        DatabaseImage image = require(database, read(target, database, soon(patience, deadline)));
        List<MetadataRecord> records = change.recordsFor(image);
        if (!records.isEmpty()) {
          target.writer.commit(records);
        }
        return image.with(records);
      } catch (KafkaException | MetadataUnavailableException e) {
        target.writer.release();
        if (isFinal(e)) {
          throw refused(database, e);
        }
        if (deadline.isOverdue()) {
          throw new MetadataUnavailableException(
              "Database '"
                  + database
                  + "' could not be changed in time: brokers do not answer, or too many clients"
                  + " change it at once. The change may or may not have taken effect; doing it again"
                  + " is safe. Last error: "
                  + e.getMessage(),
              e);
        }
        backoff.pause();
        patience = patience.multipliedBy(2);
      }
    }
  }

  private static Deadline soon(Duration patience, Deadline deadline) {
    Duration left = deadline.timeLeft();
    return Deadline.fromNow(left.compareTo(patience) < 0 ? left : patience);
  }

  /** Whether trying again is of no use. All else is fencing, time-outs or an unknown outcome. */
  private static boolean isFinal(RuntimeException e) {
    return e instanceof AuthorizationException
        || e instanceof AuthenticationException
        || e instanceof RecordTooLargeException
        || e instanceof SerializationException
        || e instanceof UnsupportedVersionException
        || e instanceof InterruptException
        || (e.getCause() instanceof ApiException cause && isFinal(cause));
  }

  private FlussException loginRefused(AuthenticationException e) {
    return new FlussException(config.explain(e), e);
  }

  private RuntimeException refused(String database, RuntimeException e) {
    if (e instanceof InterruptException) {
      return e;
    }
    if (config.isLoginRefused(e)) {
      return new FlussException(config.explain(e), e);
    }
    return new FlussException(
        "Kafka refuses to change the metadata of database '"
            + database
            + "': "
            + e.getMessage()
            + " A change needs WRITE on topic and transactional id '"
            + TopicNames.metadata(database)
            + "'.",
        e);
  }

  private static DatabaseImage require(String database, Optional<DatabaseImage> image) {
    return image.orElseThrow(() -> new DatabaseNotFoundException(database));
  }

  /**
   * Makes sure that the topic of a database exists and can be read. The database's own record comes
   * after it, by {@link #change}; who may not write that leaves no topic behind.
   *
   * @throws FlussException where the user may not change the metadata
   * @throws TopicConflictException where a topic has the name that would not keep records for good
   */
  public void createTopic(String database) {
    requireChangeable(database);
    NewTopic topic =
        new NewTopic(TopicNames.metadata(database), Optional.of(1), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    String.valueOf(TOMBSTONE_RETENTION.toMillis())));
    try {
      KafkaFutures.await(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      // made by an earlier call that did not get further, by another client, or not by us at all
      requireCompacted(TopicNames.metadata(database), database);
    }
    awaitVisible(database);
  }

  private void requireChangeable(String database) {
    Database target = database(database);
    lock(target, database, Deadline.fromNow(timeout));
    try {
      if (!target.writer.isOwner()) {
        target.writer.takeOver();
      }
    } catch (KafkaException e) {
      target.writer.release();
      if (isFinal(e)) {
        throw refused(database, e);
      }
      // The change that follows tries again.
    } finally {
      target.lock.unlock();
    }
  }

  /** Any other policy would delete records some day, and with them the tables. */
  private void requireCompacted(String topic, String database) {
    String policy = cleanupPolicy(topic);
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new TopicConflictException(
          "Database '"
              + database
              + "' cannot be created: Kafka has a topic '"
              + topic
              + "' already, with 'cleanup.policy' = '"
              + policy
              + "', and the metadata of a database needs 'compact'. Delete the topic if nobody needs"
              + " it, or choose another name for the database.");
    }
  }

  private String cleanupPolicy(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Deadline deadline = Deadline.fromNow(MetadataLog.BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (true) {
      try {
        return KafkaFutures.await(admin.describeConfigs(List.of(resource)).values().get(resource))
            .get(TopicConfig.CLEANUP_POLICY_CONFIG)
            .value();
      } catch (UnknownTopicOrPartitionException e) {
        if (deadline.isOverdue()) {
          throw e;
        }
        backoff.pause();
      } catch (AuthorizationException e) {
        throw new FlussException(
            "Kafka has a topic '"
                + topic
                + "' already, and you may not see whether it can hold the metadata of a database."
                + " That needs DESCRIBE_CONFIGS on the topic.",
            e);
      }
    }
  }

  /** Brokers learn of a new topic a moment after the controller has made it. */
  private void awaitVisible(String database) {
    Deadline deadline = Deadline.fromNow(timeout);
    Backoff backoff = new Backoff();
    while (read(database).isEmpty()) {
      if (deadline.isOverdue()) {
        throw new MetadataUnavailableException(
            "Topic '"
                + TopicNames.metadata(database)
                + "' was created and brokers still do not know it.",
            null);
      }
      backoff.pause();
    }
  }

  /** Deletes the topic that this image came from. Does nothing where it is gone already. */
  public void deleteTopic(DatabaseImage image) {
    try {
      KafkaFutures.await(
          admin.deleteTopics(TopicCollection.ofTopicIds(List.of(image.topicId()))).all());
    } catch (UnknownTopicIdException e) {
      // another client was faster
    }
    database(image.database()).close();
    awaitGone(image);
  }

  /** Brokers forget a deleted topic a moment after the controller has deleted it. */
  private void awaitGone(DatabaseImage image) {
    Deadline deadline = Deadline.fromNow(timeout);
    Backoff backoff = new Backoff();
    MetadataLog log = database(image.database()).log;
    while (log.topicId(deadline).equals(Optional.of(image.topicId())) && !deadline.isOverdue()) {
      backoff.pause();
    }
  }

  private static void lock(Database target, String database, Deadline deadline) {
    try {
      if (!target.lock.tryLock(deadline.timeLeft().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new MetadataUnavailableException(
            "Database '" + database + "' is being changed by another thread of this process.",
            null);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Database database(String name) {
    return databases.computeIfAbsent(name, n -> new Database(n, config, admin));
  }

  /** What readers and writers of metadata have in common: answers come within milliseconds. */
  static void putFastRetries(Map<String, Object> settings) {
    settings.put("retry.backoff.ms", 5);
    settings.put("retry.backoff.max.ms", 20);
    settings.put("enable.metrics.push", false);
  }

  @Override
  public void close() {
    databases.values().forEach(Database::close);
    databases.clear();
  }

  /** The resources of one database; opened when needed, also again after a close. */
  private static final class Database implements AutoCloseable {

    final ReentrantLock lock = new ReentrantLock();
    final MetadataLog log;
    final MetadataWriter writer;

    Database(String name, ClientConfig config, Admin admin) {
      log = new MetadataLog(name, config, admin);
      writer = new MetadataWriter(name, config);
    }

    @Override
    public void close() {
      lock.lock();
      try {
        writer.close();
        log.close();
      } finally {
        lock.unlock();
      }
    }
  }
}
