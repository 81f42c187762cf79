package io.fluss.metadata;

import io.fluss.kafka.Backoff;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.KafkaFutures;
import io.fluss.topic.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads one database's metadata topic and keeps its image up to date.
 *
 * <p><b>A read sees every change that was acknowledged before it began.</b> It asks for the high
 * watermark and reads committed records up to it. The last stable offset would not do: a commit is
 * acknowledged before its marker is written, and until then that offset lies before the change. (A
 * new leader refuses to name a high watermark until it knows it, KIP-207.)
 *
 * <p>Thread-safe: one read at a time. Closed by the store.
 */
final class MetadataLog implements AutoCloseable {

  /**
   * After a pause this long the image is read anew. Compaction may by then have removed tombstones
   * that were never seen; it keeps them for {@link MetadataStore#TOMBSTONE_RETENTION}.
   */
  private static final Duration LONGEST_PAUSE = MetadataStore.TOMBSTONE_RETENTION.dividedBy(2);

  /** Until Kafka aborts a transaction: its time-out, and the interval at which Kafka looks. */
  private static final Duration LONGEST_OPEN_TRANSACTION =
      MetadataStore.TRANSACTION_TIMEOUT.plusSeconds(10);

  /** Brokers may know of a topic a moment later than the controller. */
  static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(50);

  private final String database;
  private final TopicPartition partition;
  private final ClientConfig config;
  private final Admin admin;

  @Nullable private KafkaConsumer<String, String> consumer;
  @Nullable private DatabaseImage image;
  private long readAtNanos;

  MetadataLog(String database, ClientConfig config, Admin admin) {
    this.database = database;
    this.partition = new TopicPartition(TopicNames.metadata(database), 0);
    this.config = config;
    this.admin = admin;
  }

  /**
   * The image as of now; empty where the database does not exist.
   *
   * <p>Works in short attempts, each of which begins with the question whether the topic is still
   * the same: whoever waits for an answer about a deleted topic waits for good. That there is no
   * topic is taken from the controller: a broker may not know of one that was just made. Without
   * the right to ask the controller, brokers are asked for {@link #BROKER_DELAY}.
   *
   * @throws MetadataUnavailableException where the deadline passes first
   */
  synchronized Optional<DatabaseImage> read(Deadline deadline) {
    Deadline doubt = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    Duration patience = FIRST_ATTEMPT;
    while (true) {
      try {
        Deadline soon = Deadline.fromNow(min(patience, deadline.timeLeft()));
        Optional<DatabaseImage> found = attempt(soon);
        if (found.isPresent() || isUnknownToController(soon) || doubt.isOverdue()) {
          return found;
        }
      } catch (TimeoutException | OffsetOutOfRangeException e) {
        reset();
        if (deadline.isOverdue()) {
          throw new MetadataUnavailableException(
              "The metadata of database '"
                  + database
                  + "' could not be read in time: "
                  + e.getMessage(),
              e);
        }
      } catch (RuntimeException e) {
        reset();
        throw e;
      }
      backoff.pause();
      patience = patience.multipliedBy(2);
    }
  }

  /**
   * Whether the controller knows of no such topic; false also where it may not be asked.
   *
   * @throws TimeoutException where it knows one that brokers do not know yet
   */
  private boolean isUnknownToController(Deadline deadline) {
    NewTopic same = new NewTopic(partition.topic(), Optional.of(1), Optional.empty());
    CreateTopicsOptions asking =
        new CreateTopicsOptions().validateOnly(true).timeoutMs(millisLeft(deadline));
    try {
      KafkaFutures.await(admin.createTopics(List.of(same), asking).all());
      return true;
    } catch (TopicExistsException e) {
      throw new TimeoutException(
          "brokers do not know topic '" + partition.topic() + "' yet, which was just created.", e);
    } catch (AuthorizationException e) {
      return false;
    } catch (RetriableException e) {
      throw new TimeoutException(e.getMessage(), e);
    } catch (ApiException e) {
      return true; // it could not be created for another reason, so it does not exist
    }
  }

  private Optional<DatabaseImage> attempt(Deadline deadline) {
    Optional<Uuid> topicId = topicId(deadline);
    if (topicId.isEmpty()) {
      reset();
      return Optional.empty();
    }
    if (image == null || !image.topicId().equals(topicId.get()) || pausedTooLong()) {
      reset();
      image = DatabaseImage.empty(database, topicId.get());
    }
    image = readTo(highWatermark(deadline), image, deadline);
    readAtNanos = System.nanoTime();
    return Optional.of(image);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private boolean pausedTooLong() {
    return System.nanoTime() - readAtNanos > LONGEST_PAUSE.toNanos();
  }

  /** Kafka's id of the metadata topic; empty where the topic does not exist. */
  Optional<Uuid> topicId(Deadline deadline) {
    try {
      TopicDescription topic =
          KafkaFutures.await(
              admin
                  .describeTopics(
                      List.of(partition.topic()),
                      new DescribeTopicsOptions().timeoutMs(millisLeft(deadline)))
                  .topicNameValues()
                  .get(partition.topic()));
      if (topic.partitions().size() != 1) {
        throw new InvalidMetadataException(
            "Topic '"
                + partition.topic()
                + "' has "
                + topic.partitions().size()
                + " partitions, and the metadata topic of a database has one. It was not created by"
                + " this software: delete it if nobody needs it.");
      }
      return Optional.of(topic.topicId());
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private long highWatermark(Deadline deadline) {
    return KafkaFutures.await(
            admin
                .listOffsets(
                    Map.of(partition, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)
                        .timeoutMs(millisLeft(deadline)))
                .partitionResult(partition))
        .offset();
  }

  private DatabaseImage readTo(long end, DatabaseImage from, Deadline deadline) {
    if (end == 0) {
      return from;
    }
    if (consumer == null) {
      consumer = newConsumer();
    }
    List<MetadataRecord> records = new ArrayList<>();
    while (position(deadline) < end) {
      if (deadline.isOverdue()) {
        throw new TimeoutException(
            "another client has begun a change and not finished it. If that client is dead, Kafka"
                + " ends the change within "
                + LONGEST_OPEN_TRANSACTION.toSeconds()
                + " s; try again then.");
      }
      consumer.poll(POLL).forEach(r -> records.add(new MetadataRecord(r.key(), r.value())));
    }
    return from.with(records);
  }

  private long position(Deadline deadline) {
    return consumer.position(partition, Duration.ofMillis(millisLeft(deadline)));
  }

  private KafkaConsumer<String, String> newConsumer() {
    Map<String, Object> settings = config.toKafka();
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.MAX_VALUE);
    MetadataStore.putFastRetries(settings);
    KafkaConsumer<String, String> created =
        config.open(
            () ->
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer()));
    created.assign(List.of(partition));
    created.seekToBeginning(List.of(partition));
    return created;
  }

  private static int millisLeft(Deadline deadline) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, deadline.timeLeft().toMillis()));
  }

  private void reset() {
    KafkaConsumer<String, String> closing = consumer;
    // First: closing throws where the thread is interrupted, and a closed consumer is of no use.
    image = null;
    consumer = null;
    if (closing != null) {
      closing.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  @Override
  public synchronized void close() {
    reset();
  }
}
