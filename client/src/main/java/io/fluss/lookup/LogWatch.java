package io.fluss.lookup;

import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers now and then where the log ends, and whether the topic is still the table's.
 *
 * <p>A consumer cannot tell that it has caught up: where it gets no answer, its last known lag
 * stays zero. So the proof comes from here: at the time of {@link Ends} the log ended there. Owns
 * its thread; brokers that do not answer are asked again.
 */
final class LogWatch implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

  private final TableInfo table;
  private final LogTopics log;
  private final Collection<FollowedTopic> topics;
  private final Consumer<LogGoneException> onGone;
  private final ScheduledExecutorService thread;

  /** Ids of topics that were missing when it asked last: a broker may be a moment behind. */
  private Set<String> missing = Set.of();

  private volatile Ends ends = new Ends(0, Map.of(), Map.of());
  private volatile boolean closed;

  /**
   * The ends of the log, as they were at a time or later.
   *
   * @param offsets behind the last committed record, by bucket
   * @param starts of the first record that is kept, by bucket
   */
  record Ends(
      long epochMillis, Map<TopicPartition, Long> offsets, Map<TopicPartition, Long> starts) {}

  private LogWatch(
      String name,
      TableInfo table,
      LogTopics log,
      Collection<FollowedTopic> topics,
      Consumer<LogGoneException> onGone) {
    this.table = table;
    this.log = log;
    this.topics = topics;
    this.onGone = onGone;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * @param log used by this thread too, closed by the caller after this
   * @param topics which to ask for, as of each time; those of partitions that are gone are marked
   * @param onGone told once, on this thread, when the topic of a table without partitions is not
   *     the table's any more
   */
  static LogWatch start(
      String name,
      TableInfo table,
      LogTopics log,
      Collection<FollowedTopic> topics,
      Consumer<LogGoneException> onGone) {
    LogWatch watch = new LogWatch(name, table, log, topics, onGone);
    watch.thread.scheduleWithFixedDelay(
        watch::ask, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** The latest answer. */
  Ends ends() {
    return ends;
  }

  private void ask() {
    try {
      List<FollowedTopic> asked = topics.stream().filter(t -> !t.isGone()).toList();
      if (asked.isEmpty()) {
        return;
      }
      Set<TopicPartition> wanted = stillThere(asked);
      long now = System.currentTimeMillis();
      if (!wanted.isEmpty()) {
        ends = new Ends(now, Map.copyOf(log.logEnd(wanted)), Map.copyOf(log.logStart(wanted)));
      }
    } catch (LogGoneException e) {
      thread.shutdown();
      onGone.accept(e);
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn("Could not ask for the end of a log that lookups follow; trying again.", e);
      }
    }
  }

  /** The followed buckets of those topics that are there; others are told of. */
  private Set<TopicPartition> stillThere(List<FollowedTopic> asked) {
    Map<String, LogTopics.Found> found = log.find(asked.stream().map(FollowedTopic::name).toList());
    Set<String> missingNow = new HashSet<>();
    Set<TopicPartition> buckets = new HashSet<>();
    for (FollowedTopic topic : asked) {
      LogTopics.Found there = found.get(topic.name());
      if (there == null) {
        missingNow.add(topic.id());
        if (missing.contains(topic.id())) {
          gone(topic, LogGoneException.missing(table, topic.name()));
        }
      } else if (!there.id().equals(topic.id())) {
        gone(topic, LogGoneException.replaced(table, topic.name(), topic.id(), there.id()));
      } else {
        topic.followed().forEach(b -> buckets.add(b.partition()));
      }
    }
    missing = missingNow;
    return buckets;
  }

  private void gone(FollowedTopic topic, LogGoneException reason) {
    if (!table.isPartitioned()) {
      throw reason;
    }
    LOG.info("Lookups let go of a partition: {}", reason.getMessage());
    topic.markGone();
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
  }
}
