package io.fluss.sink;

import io.fluss.table.TableInfo;
import io.fluss.write.topics.WriterTopics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails a writer whose topics are not the table's any more: its rows would be in a log that nobody
 * reads as this table.
 *
 * <p>Asks on a thread of its own and fails the task through its mailbox. Owns the thread; the
 * writer closes it before its topics.
 */
final class TopicWatch implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private final TableInfo table;
  private final WriterTopics topics;
  private final MailboxExecutor mailbox;
  private final ScheduledExecutorService thread;

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

  private void check() {
    try {
      topics.check().ifPresent(this::runOnTask);
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn("Could not check the topics of table '{}'; trying again.", table.path(), e);
      }
    }
  }

  private void runOnTask(Runnable action) {
    try {
      mailbox.execute(
          () -> {
            if (!closed) {
              action.run();
            }
          },
          "fail where rows went to topics that are not the table's");
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
