package io.fluss.sink;

import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopic;
import io.fluss.write.WriteFailedException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails a writer whose topic is not the table's any more. A Kafka producer goes on in whatever
 * topic has the name, and with {@code auto.create.topics.enable} even brings it back; its rows
 * would be in a log that nobody reads as this table.
 *
 * <p>Asks on a thread of its own and fails the task through its mailbox. Owns thread and
 * connection; the writer closes it.
 */
final class TopicWatch implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private final TableSinkConfig config;
  private final MailboxExecutor mailbox;
  private final LogTopic topic;
  private final ScheduledExecutorService thread;

  private volatile boolean closed;

  private TopicWatch(TableSinkConfig config, MailboxExecutor mailbox) {
    this.config = config;
    this.mailbox = mailbox;
    this.topic = LogTopic.open(config.table(), config.client());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "fluss-topic-watch " + config.table().topic());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Asks for the first time after {@code interval}: {@link Opening} has asked just now. */
  static TopicWatch start(TableSinkConfig config, MailboxExecutor mailbox, Duration interval) {
    TopicWatch watch = new TopicWatch(config, mailbox);
    watch.thread.scheduleWithFixedDelay(
        watch::check, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private void check() {
    try {
      topic.buckets();
    } catch (LogGoneException e) {
      thread.shutdown();
      fail(e);
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn(
            "Could not check the topic of table '{}'; trying again.", config.table().path(), e);
      }
    }
  }

  private void fail(LogGoneException cause) {
    try {
      mailbox.execute(
          () -> {
            if (!closed) {
              throw new WriteFailedException(
                  "Cannot go on writing to table '"
                      + config.table().path()
                      + "': "
                      + cause.getMessage(),
                  cause);
            }
          },
          "fail because the topic is not the table's");
    } catch (RejectedExecutionException e) {
      LOG.debug("The task of table '{}' has ended.", config.table().path(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    topic.close();
  }
}
