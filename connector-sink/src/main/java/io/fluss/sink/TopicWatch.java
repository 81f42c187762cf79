package io.fluss.sink;

import io.fluss.table.TableInfo;
import io.fluss.write.WriteFailedException;
import io.fluss.write.topics.TopicChange;
import io.fluss.write.topics.WriterTopics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails a writer whose topics are not the table's any more: its rows would be in a log that nobody
 * reads as this table.
 *
 * <p>Asks on a thread of its own and fails the task through its mailbox; where the task's thread is
 * held up, since its producer looks for a topic that is gone, through the producer. Owns the
 * thread; the writer closes it before its topics.
 */
final class TopicWatch implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** How long a task's thread may be held up before it is failed from outside. */
  private static final Duration HEARS_WITHIN = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private final TableInfo table;
  private final WriterTopics topics;
  private final MailboxExecutor mailbox;
  private final ScheduledExecutorService thread;

  private volatile Consumer<WriteFailedException> abort = why -> {};
  private volatile boolean closed;

  private TopicWatch(TableInfo table, WriterTopics topics, MailboxExecutor mailbox) {
    this.table = table;
    this.topics = topics;
    this.mailbox = mailbox;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "fluss-topic-watch " + table.topic());
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * Asks for the first time after {@code interval}: whoever opened the topics has asked just now.
   */
  static TopicWatch start(
      TableInfo table, WriterTopics topics, MailboxExecutor mailbox, Duration interval) {
    TopicWatch watch = new TopicWatch(table, topics, mailbox);
    watch.thread.scheduleWithFixedDelay(
        watch::check, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Fails a writer from outside whose thread is held up for long, as by a producer. */
  void abortBy(Consumer<WriteFailedException> action) {
    abort = action;
  }

  private void check() {
    try {
      topics.check().ifPresent(this::tell);
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn("Could not check the topics of table '{}'; trying again.", table.path(), e);
      }
    }
  }

  private void tell(TopicChange change) {
    AtomicBoolean heard = new AtomicBoolean();
    try {
      mailbox.execute(
          () -> {
            heard.set(true);
            if (!closed) {
              change.apply();
            }
          },
          "fail where rows went to topics that are not the table's");
      thread.schedule(
          () -> {
            if (!closed && !heard.get()) {
              change.failure().ifPresent(abort);
            }
          },
          HEARS_WITHIN.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The task of table '{}' has ended.", table.path(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
  }
}
