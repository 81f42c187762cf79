package io.fluss.lookup;

import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  private final LogTopic topic;
  private final Supplier<Collection<Integer>> buckets;
  private final Consumer<LogGoneException> onGone;
  private final ScheduledExecutorService thread;

  private volatile Ends ends = new Ends(0, Map.of(), Map.of());
  private volatile boolean closed;

  /**
   * The ends of the log, as they were at a time or later.
   *
   * @param offsets behind the last committed record, by bucket
   * @param starts of the first record that is kept, by bucket
   */
  record Ends(long epochMillis, Map<Integer, Long> offsets, Map<Integer, Long> starts) {}

  private LogWatch(
      String name,
      LogTopic topic,
      Supplier<Collection<Integer>> buckets,
      Consumer<LogGoneException> onGone) {
    this.topic = topic;
    this.buckets = buckets;
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
   * @param topic used by this thread too, closed by the caller after this
   * @param buckets which to ask for
   * @param onGone told once, on this thread, when the topic is not the table's any more
   */
  static LogWatch start(
      String name,
      LogTopic topic,
      Supplier<Collection<Integer>> buckets,
      Consumer<LogGoneException> onGone) {
    LogWatch watch = new LogWatch(name, topic, buckets, onGone);
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
      topic.buckets();
      long asked = System.currentTimeMillis();
      Collection<Integer> wanted = buckets.get();
      if (!wanted.isEmpty()) {
        ends =
            new Ends(asked, Map.copyOf(topic.logEnd(wanted)), Map.copyOf(topic.logStart(wanted)));
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

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
  }
}
