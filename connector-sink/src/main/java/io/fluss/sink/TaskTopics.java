package io.fluss.sink;

import io.fluss.admin.PartitionMaintenance;
import io.fluss.table.TableInfo;
import io.fluss.write.RowTopics;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import io.fluss.write.topics.WriterTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * The topics that a sink task writes to, watched while it does. The first task also keeps the
 * partitions of the table as its options want them. Owns connections and threads; the writer closes
 * it last.
 */
final class TaskTopics implements AutoCloseable {

  private final WriterTopics topics;
  private final TopicWatch watch;
  @Nullable private final PartitionMaintenance maintenance;

  private TaskTopics(
      WriterTopics topics, TopicWatch watch, @Nullable PartitionMaintenance maintenance) {
    this.topics = topics;
    this.watch = watch;
    this.maintenance = maintenance;
  }

  /**
   * Asks the brokers for the topics and what they take.
   *
   * @param checkInterval how often to ask whether the topics are still the table's
   * @throws io.fluss.write.WriteFailedException where they are not
   */
  static TaskTopics open(TableSinkConfig config, WriterInitContext context, Duration checkInterval)
      throws IOException {
    TableInfo table = config.table();
    try {
      WriterTopics topics =
          WriterTopics.open(table, config.client(), config.writer(), config.rowType());
      boolean first = context.getTaskInfo().getIndexOfThisSubtask() == 0;
      return new TaskTopics(
          topics,
          TopicWatch.start(table, topics, context.getMailboxExecutor(), checkInterval),
          first ? PartitionMaintenance.start(table, config.client()) : null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while opening table '" + table.path() + "'", e);
    }
  }

  /** What each topic takes. */
  TopicLimits limits() {
    return topics.limits();
  }

  RowTopics rows() {
    return topics.rows();
  }

  /** Fails the task from outside, where its thread is held up and it has to fail. */
  void abortBy(Consumer<WriteFailedException> action) {
    watch.abortBy(action);
  }

  @Override
  public void close() {
    watch.close();
    if (maintenance != null) {
      maintenance.close();
    }
    topics.close();
  }
}
