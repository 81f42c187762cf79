package io.fluss.read;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic of a table, or of one partition of it, as the brokers know it now. Whoever opens it
 * closes it.
 *
 * <p>Guarantee: {@link #buckets()} answers only for the very topic that the table's record names. A
 * topic that was deleted, or created again under the same name, is an error, because its offsets
 * mean other rows.
 */
public final class LogTopic implements AutoCloseable {

  /** A broker may know a topic that was just created only after a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

  private final TableInfo table;
  private final LogTopics topics;

  private LogTopic(TableInfo table, LogTopics topics) {
    this.table = table;
    this.topics = topics;
  }

  public static LogTopic open(TableInfo table, ClientConfig client) {
    return new LogTopic(table, LogTopics.open(table, client));
  }

  /**
   * Over topics that may be shared.
   *
   * @param topics closed with this
   */
  public static LogTopic of(TableInfo table, LogTopics topics) {
    return new LogTopic(table, topics);
  }

  /**
   * The buckets of the table.
   *
   * @throws LogGoneException where the topic is missing or is not the one the table was created
   *     with
   */
  public List<Integer> buckets() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      LogTopics.Found found = topics.find(List.of(table.topic())).get(table.topic());
      if (found != null) {
        if (table.topicId() != null && !table.topicId().equals(found.id())) {
          throw LogGoneException.replaced(table, table.topic(), table.topicId(), found.id());
        }
        return IntStream.range(0, found.buckets()).boxed().toList();
      }
      if (System.nanoTime() > deadline) {
        throw LogGoneException.missing(table, table.topic());
      }
      LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
    }
  }

  /** Of this and of any other topics; closed with this. */
  public LogTopics topics() {
    return topics;
  }

  /** See {@link LogTopics#awaitLeaders}. */
  public void awaitLeaders() {
    topics.awaitLeaders(named(buckets()));
  }

  /** See {@link LogOffsets#logStart}. */
  public Map<Integer, Long> logStart(Collection<Integer> buckets) {
    return byIndex(topics.logStart(named(buckets)));
  }

  /** See {@link LogOffsets#logEnd}. */
  public Map<Integer, Long> logEnd(Collection<Integer> buckets) {
    return byIndex(topics.logEnd(named(buckets)));
  }

  private List<TopicPartition> named(Collection<Integer> buckets) {
    return buckets.stream().map(b -> new TopicPartition(table.topic(), b)).toList();
  }

  private static Map<Integer, Long> byIndex(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byIndex = new HashMap<>();
    offsets.forEach((bucket, offset) -> byIndex.put(bucket.partition(), offset));
    return byIndex;
  }

  @Override
  public void close() {
    topics.close();
  }
}
